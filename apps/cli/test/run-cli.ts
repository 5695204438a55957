import { spawn, type ChildProcess } from "node:child_process";
import { join } from "node:path";

/** How a run of the CLI ended. */
export interface CliRun {
  status: number | null;
  signal: NodeJS.Signals | null;
  stdout: string;
  stderr: string;
}

const main = join(import.meta.dirname, "../src/start.ts");

/** The command line of the CLI, from its sources. */
export const cliArgv = [
  process.execPath,
  "--disable-warning=ExperimentalWarning",
  "--conditions=@sysinit/source",
  main,
];

/** Runs the CLI as a process of its own, as a person would; `onTalk` sees every piece of talk with the process, `onOutput` of stdout. */
export function cli(
  args: readonly string[],
  options: {
    env?: Readonly<Record<string, string | undefined>>;
    cwd?: string;
    /** What it reads on stdin; nothing by default. */
    input?: string;
    onTalk?: (text: string, child: ChildProcess) => void;
    onOutput?: (text: string, child: ChildProcess) => void;
  } = {},
): Promise<CliRun> {
  const [node, ...flags] = cliArgv;
  const child = spawn(node!, [...flags, ...args], {
    cwd: options.cwd,
    env: { ...process.env, NO_COLOR: "1", ...options.env },
    stdio: [options.input === undefined ? "ignore" : "pipe", "pipe", "pipe"],
  });
  // A program that reads no more has closed its end.
  child.stdin?.on("error", () => {}).end(options.input);
  let stdout = "";
  let stderr = "";
  child.stdout!.on("data", (chunk: Buffer) => {
    stdout += chunk.toString();
    options.onOutput?.(stdout, child);
  });
  child.stderr!.on("data", (chunk: Buffer) => {
    stderr += chunk.toString();
    options.onTalk?.(stderr, child);
  });
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (status, signal) => resolve({ status, signal, stdout, stderr }));
  });
}

/** The objects of a `--json` output, one a line. */
export function jsonLines(text: string): Record<string, unknown>[] {
  return text
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line) as Record<string, unknown>);
}
