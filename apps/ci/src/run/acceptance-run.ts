import type { Report } from "@sysinit-internal/acceptance";
import type { AppContext } from "@sysinit-internal/terminal";

import type { ArtifactFolder } from "../artifacts/artifact-folder.ts";
import type { RunPlan } from "../plan/run-plan.ts";
import type { RunArguments } from "../run-arguments.ts";
import type { Recorder } from "./recorder.ts";
import type { Stopwatch } from "./stopwatch.ts";

/** What all parts of a run share. */
export interface AcceptanceRun {
  app: AppContext;
  options: RunArguments;
  plan: RunPlan;
  /** Where the flake is. */
  directory: string;
  /** The environment of all tools. */
  env: Readonly<Record<string, string | undefined>>;
  /** The instance's name. */
  instance: string;
  /** Where logs go. */
  artifacts: ArtifactFolder;
  recorder: Recorder;
  stopwatch: Stopwatch;
  /** What is known of the run so far, for its report. */
  facts: Report["facts"];
  measurements: { bootSeconds: number[]; imageBytes?: number };
  boot: Report["boot"];
  kept: string | undefined;
}
