import { runProcess, type ProcessOutcome } from "@sysinit-internal/process";

import { nixEnvironment, type Environment } from "./environment.ts";
import { nixStopSteps } from "./stop-steps.ts";

/** How a run of nix goes on and ends. */
export interface NixRun {
  signal: AbortSignal | undefined;
  /** Ends nix after this time. */
  timeoutMs?: number | undefined;
  /** Called for each line of its stderr as it comes. */
  onLine?: ((line: string) => void) | undefined;
}

/** How nix ended. */
export type NixOutcome = Pick<
  ProcessOutcome,
  "argv" | "exitCode" | "signal" | "reason" | "spawnErrorCode" | "stdout" | "stderr"
>;

/** A nix that can be run with arguments: the one of this machine, or that of another. */
export type NixCommand = (args: readonly string[], run: NixRun) => Promise<NixOutcome>;

/** The nix of this machine. It is ended as {@link nixStopSteps} says. */
export function localNix(place: { nix: string; env: Environment; cwd?: string | undefined }): NixCommand {
  return (args, { signal, timeoutMs, onLine }) =>
    runProcess({
      file: place.nix,
      args,
      cwd: place.cwd,
      env: nixEnvironment(place.env),
      timeoutMs,
      signal,
      stopSteps: nixStopSteps,
      maxOutputBytes: 1024 * 1024,
      // A builder may write one line of many megabytes; a cut record is no longer JSON.
      maxLineLength: 16 * 1024 * 1024,
      onLine: onLine && ((line, stream) => stream === "stderr" && onLine(line)),
    });
}
