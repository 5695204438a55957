import { access } from "node:fs/promises";
import { join } from "node:path";

import { instanceDirectory } from "../instances/instance-directory.ts";
import type { LimaContext } from "../lima-context.ts";
import { whyUnreachable } from "./why-unreachable.ts";

/**
 * Refuses a call into a guest whose host agent is not there. limactl must not be asked: up to Lima 1.2 its `shell` asks on
 * stdin whether to start the instance, and the input of the command would be the answer.
 *
 * @throws LimaControlError NOT_RUNNING, INSTANCE_NOT_FOUND
 */
export async function requireHostAgent(
  context: LimaContext,
  name: string,
  argv: readonly string[],
): Promise<void> {
  try {
    await access(join(instanceDirectory(context.home, name), "ha.pid"));
  } catch {
    throw await whyUnreachable(context, name, argv, { exitCode: undefined, stderr: "" }, undefined);
  }
}
