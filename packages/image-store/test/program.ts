import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { onTestFinished } from "vitest";

const program = join(import.meta.dirname, "fixtures/install-until.ts");

/** The command line of a program that installs. */
export function installCommand(args: readonly string[]): [string, ...string[]] {
  return [
    process.execPath,
    "--disable-warning=ExperimentalWarning",
    "--conditions=@sysinit/source",
    program,
    ...args,
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
