import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";

/** Runs a program of `test/programs` and waits until it writes a line; the caller ends it. */
export async function runUntil(
  program: string,
  args: readonly string[],
  input: string,
  line: string,
): Promise<ChildProcess> {
  const file = join(import.meta.dirname, "../programs", program);
  const child = spawn(
    process.execPath,
    ["--disable-warning=ExperimentalWarning", "--conditions=@sysinit/source", file, ...args],
    { stdio: ["pipe", "pipe", "pipe"] },
  );
  let stderr = "";
  child.stderr.on("data", (chunk: Buffer) => (stderr += chunk.toString()));
  child.stdin.end(input);
  for await (const written of createInterface({ input: child.stdout })) {
    if (written === line) return child;
  }
  throw new Error(`${program} ended before it wrote "${line}": ${stderr}`);
}

/** kill -9, and waits until the program is gone. */
export async function killHard(child: ChildProcess): Promise<void> {
  const exited = once(child, "exit");
  child.kill("SIGKILL");
  await exited;
}
