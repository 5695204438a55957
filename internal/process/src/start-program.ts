import { spawn, type ChildProcess } from "node:child_process";

import type { ProcessRequest } from "./process-request.ts";
import type { StartedProgram } from "./started-program.ts";

/**
 * Starts a program, at once where it can. One that reads nothing and whose output is taken, as most runs of nix, git and limactl
 * are, is started by Node itself: execa, 140 modules, takes half as long to load as a `nix build` that has nothing to do. execa
 * starts those that are given input or our terminal, and sees to it that they do not outlive us.
 */
export function startProgram(request: ProcessRequest): StartedProgram | Promise<StartedProgram> {
  const isPlain = request.stdio !== "inherit" && request.input === undefined;
  return isPlain ? startPlain(request) : startOther(request);
}

async function startOther(request: ProcessRequest): Promise<StartedProgram> {
  const { startWithExeca } = await import("./start-with-execa.ts");
  return startWithExeca(request);
}

function startPlain({ file, args, cwd, env = process.env }: ProcessRequest): StartedProgram {
  let child: ChildProcess;
  try {
    child = spawn(file, args, { cwd, env, stdio: ["ignore", "pipe", "pipe"], detached: true });
  } catch (error) {
    // What Node sees at once, as an argument that is too long.
    return notStarted((error as NodeJS.ErrnoException).code);
  }
  let failure: string | undefined;
  const failed = new Promise<void>((resolve) => {
    child.on("error", (error: NodeJS.ErrnoException) => {
      failure = error.code;
      resolve();
    });
  });
  const event = (name: "exit" | "close") =>
    Promise.race([failed, new Promise<void>((resolve) => child.once(name, () => resolve()))]);
  return {
    pid: child.pid,
    stdin: null,
    stdout: child.stdout,
    stderr: child.stderr,
    exited: event("exit"),
    closed: event("close"),
    exitCode: () => child.exitCode ?? undefined,
    signal: () => child.signalCode ?? undefined,
    spawnErrorCode: () => failed.then(() => failure),
  };
}

function notStarted(code: string | undefined): StartedProgram {
  return {
    pid: undefined,
    stdin: null,
    stdout: null,
    stderr: null,
    exited: Promise.resolve(),
    closed: Promise.resolve(),
    exitCode: () => undefined,
    signal: () => undefined,
    spawnErrorCode: async () => code,
  };
}
