import type { ProcessOutcome } from "@sysinit-internal/process";

import type { LimaContext } from "../lima-context.ts";
import { runLimactl, type LimactlOptions } from "./run-limactl.ts";

/** `limactl create` with the template on stdin. It copies the image, so it may take a while. */
export function createFromText(
  context: LimaContext,
  name: string,
  template: string,
  options: LimactlOptions,
): Promise<ProcessOutcome> {
  return runLimactl(context, ["create", "--name", name, "-"], { ...options, input: template });
}
