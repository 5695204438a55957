import { execa } from "execa";

import type { ProcessRequest } from "./process-request.ts";
import type { StartedProgram } from "./started-program.ts";

/** Starts a program that is given input, or our terminal. */
export function startWithExeca(request: ProcessRequest): StartedProgram {
  const { file, args, cwd, env = process.env, input } = request;
  const captured = request.stdio !== "inherit";
  const streamed = typeof input === "object" && Symbol.asyncIterator in input;
  const subprocess = execa(file, args, {
    ...(cwd === undefined ? {} : { cwd }),
    env: { ...env },
    extendEnv: false,
    ...(input === undefined
      ? { stdin: captured ? ("ignore" as const) : ("inherit" as const) }
      : streamed
        ? { stdin: "pipe" as const }
        : { input }),
    stdout: captured ? "pipe" : "inherit",
    stderr: captured ? "pipe" : "inherit",
    buffer: false,
    reject: false,
    detached: captured,
    cleanup: !captured,
  });
  const child = subprocess.nodeChildProcess;
  const closed = subprocess.then(() => {});
  return {
    pid: subprocess.pid,
    stdin: subprocess.stdin,
    stdout: subprocess.stdout,
    stderr: subprocess.stderr,
    // A program that could not be started has no exit.
    exited: Promise.race([closed, new Promise<void>((resolve) => child.once("exit", () => resolve()))]),
    closed,
    exitCode: () => child.exitCode ?? undefined,
    signal: () => child.signalCode ?? undefined,
    spawnErrorCode: async () => (await subprocess).code,
  };
}
