import type { ProcessOutcome } from "@sysinit-internal/process";

import type { LimaContext } from "../lima-context.ts";
import { runLimactl, type LimactlOptions } from "./run-limactl.ts";

/**
 * `limactl shell` with a working directory, always: without one it tries the host's. limactl quotes the arguments for
 * the guest's login shell, and takes leading ones with a `=` in them for variables of the environment.
 */
export function limactlShell(
  context: LimaContext,
  name: string,
  workdir: string,
  argv: readonly string[],
  options: LimactlOptions,
): Promise<ProcessOutcome> {
  return runLimactl(context, ["shell", "--workdir", workdir, name, ...argv], options);
}
