import { spawn, type ChildProcess, type ChildProcessWithoutNullStreams } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";

/** Starts a program of `test/programs`; the caller ends it. */
export function startProgram(
  program: string,
  args: readonly string[],
  input: string,
  env: Readonly<Record<string, string>> = {},
): ChildProcessWithoutNullStreams {
  const file = join(import.meta.dirname, "../programs", program);
  const child = spawn(
    process.execPath,
    ["--disable-warning=ExperimentalWarning", "--conditions=@sysinit/source", file, ...args],
    { stdio: ["pipe", "pipe", "pipe"], env: { ...process.env, ...env } },
  );
  child.stdin.end(input);
  return child;
}

/** Runs a program of `test/programs` and waits until it writes a line; the caller ends it. */
export async function runUntil(
  program: string,
  args: readonly string[],
  input: string,
  line: string,
): Promise<ChildProcess> {
  const child = startProgram(program, args, input);
  let stderr = "";
  child.stderr.on("data", (chunk: Buffer) => (stderr += chunk.toString()));
  for await (const written of createInterface({ input: child.stdout })) {
    if (written === line) return child;
  }
  throw new Error(`${program} ended before it wrote "${line}": ${stderr}`);
}

/** Waits until the program is gone, however it ends. */
export async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode === null && child.signalCode === null) await once(child, "exit");
}

/** kill -9, and waits until the program is gone. */
export async function killHard(child: ChildProcess): Promise<void> {
  child.kill("SIGKILL");
  await ended(child);
}
