import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { onTestFinished } from "vitest";

const program = join(import.meta.dirname, "fixtures/run-until.ts");

/** The command line of a program that runs a verb of the store, until a step when one is given. */
export function verbCommand(verb: string, options: object, stop = "never"): [string, ...string[]] {
  return [
    process.execPath,
    "--disable-warning=ExperimentalWarning",
    "--conditions=@sysinit/source",
    program,
    verb,
    JSON.stringify(options),
    stop,
  ];
}

/** Starts a program, and gives it with the first line that it prints. */
export async function startUntilFirstLine(
  argv: readonly string[],
): Promise<{ child: ChildProcess; line: string }> {
  const [file, ...args] = argv as [string, ...string[]];
  const child = spawn(file, args, { stdio: ["ignore", "pipe", "inherit"] });
  onTestFinished(() => void child.kill("SIGKILL"));
  let output = "";
  for await (const chunk of child.stdout!.setEncoding("utf8")) {
    output += chunk as string;
    if (output.includes("\n")) break;
  }
  return { child, line: output.split("\n")[0] ?? "" };
}

/** kill -9, and its end. */
export async function killHard(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) throw new Error("it had already ended");
  child.kill("SIGKILL");
  await once(child, "exit");
}

/** Runs a verb in a process of its own, which is killed with kill -9 at a step. */
export async function killedAt(verb: string, options: object, stop: string): Promise<void> {
  const { child, line } = await startUntilFirstLine(verbCommand(verb, options, stop));
  if (line !== "stopped") throw new Error(`it did not stop at ${stop}: ${line}`);
  await killHard(child);
}
