import type { ProcessOutcome } from "@sysinit-internal/process";

import type { LimaContext } from "../lima-context.ts";
import { runLimactl, type LimactlOptions } from "./run-limactl.ts";

// Thirty years, where Go's durations end after three hundred.
const longestSeconds = 1e9;

/**
 * `limactl start` of an instance that exists: of one that does not it would make an Ubuntu VM. Its own time limit is
 * set beyond ours, so that ours decides.
 */
export function startExisting(
  context: LimaContext,
  name: string,
  options: LimactlOptions & { timeoutMs: number },
): Promise<ProcessOutcome> {
  const limitSeconds = Math.min(Math.ceil(options.timeoutMs / 1000) + 120, longestSeconds);
  return runLimactl(context, ["start", `--timeout=${limitSeconds}s`, name], options);
}
