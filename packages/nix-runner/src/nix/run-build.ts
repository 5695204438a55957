import { runProcess, type ProcessOutcome } from "@sysinit-internal/process";

import { buildArguments, type BuildArguments } from "./argv.ts";
import { nixEnvironment, type Environment } from "./environment.ts";
import { parseRecord, type NixRecord } from "./internal-json.ts";
import { nixStopSteps } from "./stop-steps.ts";

export interface BuildRun extends BuildArguments {
  nix: string;
  env: Environment;
  cwd: string | undefined;
  timeoutMs: number | undefined;
  signal: AbortSignal | undefined;
  onRecord: (record: NixRecord) => void;
}

/** Runs `nix build` and gives out its records as they come. */
export async function runBuild(run: BuildRun): Promise<ProcessOutcome> {
  return runProcess({
    file: run.nix,
    args: buildArguments(run),
    cwd: run.cwd,
    env: nixEnvironment(run.env),
    timeoutMs: run.timeoutMs,
    signal: run.signal,
    stopSteps: nixStopSteps,
    maxOutputBytes: 1024 * 1024,
    // A builder may write one line of many megabytes; a cut record is no longer JSON.
    maxLineLength: 16 * 1024 * 1024,
    onLine: (line, stream) => {
      if (stream === "stderr") run.onRecord(parseRecord(line));
    },
  });
}
