import type { ChildProcess } from "node:child_process";

/** A program that was started, or could not be. */
export interface StartedProgram extends Pick<ChildProcess, "stdin" | "stdout" | "stderr"> {
  /** Undefined when it could not be started. */
  pid: number | undefined;
  /** Fulfilled when it has ended, or could not be started. */
  exited: Promise<void>;
  /** Fulfilled when its pipes are closed as well. */
  closed: Promise<void>;
  exitCode(): number | undefined;
  signal(): NodeJS.Signals | undefined;
  /** errno of a program that could not be started, as ENOENT. */
  spawnErrorCode(): Promise<string | undefined>;
}
