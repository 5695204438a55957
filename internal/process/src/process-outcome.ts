/** How the run ended. A program that failed is an outcome, not an exception. */
export interface ProcessOutcome {
  argv: readonly string[];
  exitCode: number | undefined;
  signal: NodeJS.Signals | undefined;
  reason: "exited" | "signalled" | "timed-out" | "aborted" | "spawn-failed";
  /** errno of a program that could not be started, as ENOENT. */
  spawnErrorCode: string | undefined;
  stdout: string;
  stderr: string;
  /** Whether the beginning of an output was dropped because it was longer than `maxOutputBytes`. */
  truncated: boolean;
  durationMs: number;
}
