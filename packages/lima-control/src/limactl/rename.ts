import type { ProcessOutcome } from "@sysinit-internal/process";

import type { LimaContext } from "../lima-context.ts";
import { runLimactl } from "./run-limactl.ts";

/** `limactl rename`, since Lima 2.0: a clone and a deletion. Not for the caller's signal to end. */
export function renameStopped(context: LimaContext, from: string, to: string): Promise<ProcessOutcome> {
  return runLimactl(context, ["rename", from, to], { timeoutMs: 600_000 });
}
