import type { ProcessOutcome } from "@sysinit-internal/process";

import type { LimaContext } from "../lima-context.ts";
import { runLimactl, type LimactlOptions } from "./run-limactl.ts";

/**
 * `limactl clone` of an instance that does not run; since Lima 1.2. It copies the directory without pid files, sockets
 * and the protection (pkg/instance/clone.go of Lima), and shares the disk's blocks where the file system can.
 */
export function cloneStopped(
  context: LimaContext,
  from: string,
  to: string,
  options: LimactlOptions,
): Promise<ProcessOutcome> {
  return runLimactl(context, ["clone", from, to], options);
}
