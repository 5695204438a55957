import type { ProcessOutcome } from "@sysinit-internal/process";

import type { LimaContext } from "../lima-context.ts";
import { runLimactl } from "./run-limactl.ts";

/** `limactl delete -f`: kills what runs and removes the directory. Not for the caller's signal to end. */
export function deleteForcibly(context: LimaContext, name: string): Promise<ProcessOutcome> {
  return runLimactl(context, ["delete", "--force", name], { timeoutMs: 120_000 });
}
