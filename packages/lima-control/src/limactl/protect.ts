import type { ProcessOutcome } from "@sysinit-internal/process";

import type { LimaContext } from "../lima-context.ts";
import { runLimactl, type LimactlOptions } from "./run-limactl.ts";

/** `limactl protect` and `limactl unprotect`: done already is no failure. */
export function setProtection(
  context: LimaContext,
  name: string,
  wanted: boolean,
  options: LimactlOptions = {},
): Promise<ProcessOutcome> {
  return runLimactl(context, [wanted ? "protect" : "unprotect", name], { timeoutMs: 60_000, ...options });
}
