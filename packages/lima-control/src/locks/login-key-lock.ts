import { existsSync } from "node:fs";
import { join } from "node:path";

import type { LimaContext } from "../lima-context.ts";
import { withInstanceLock, type InstanceLockOptions } from "./instance-lock.ts";

/**
 * Runs a creation alone as long as LIMA_HOME has no login key: limactl makes it with the first instance, and of two that do
 * so at once one fails (pkg/sshutil/sshutil.go of Lima: DefaultPubKeys).
 */
export async function withLoginKeyLock<Result>(
  context: LimaContext,
  options: InstanceLockOptions,
  create: () => Promise<Result>,
): Promise<Result> {
  if (existsSync(join(context.home, "_config/user.pub"))) return await create();
  return await withInstanceLock(context, "_config", options, create);
}
