import type { ProcessOutcome } from "@sysinit-internal/process";

import type { LimaContext } from "../lima-context.ts";
import { runLimactl, type LimactlOptions } from "./run-limactl.ts";

/** `limactl stop`: asks the guest to shut down and waits for it, for six minutes at most. */
export function stopGracefully(
  context: LimaContext,
  name: string,
  options: LimactlOptions,
): Promise<ProcessOutcome> {
  return runLimactl(context, ["stop", name], options);
}

/** `limactl stop -f`: kills the processes of an instance and removes the pid files and sockets of dead ones. */
export function stopForcibly(context: LimaContext, name: string): Promise<ProcessOutcome> {
  return runLimactl(context, ["stop", "--force", name], { timeoutMs: 120_000 });
}
