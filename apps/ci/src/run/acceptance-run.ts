import type { Report, Row } from "@sysinit-internal/acceptance";
import type { AppContext } from "@sysinit-internal/terminal";

import type { RunArguments } from "../program.ts";
import type { Recorder } from "./recorder.ts";
import type { Stopwatch } from "./stopwatch.ts";

/** What all parts of a run share. */
export interface AcceptanceRun {
  app: AppContext;
  options: RunArguments;
  /** Where the flake is. */
  directory: string;
  /** Makes the directory for logs when the first one is to be kept. */
  artifacts: () => Promise<string>;
  wanted: (row: Pick<Row, "id">) => boolean;
  recorder: Recorder;
  stopwatch: Stopwatch;
  facts: Report["facts"];
}
