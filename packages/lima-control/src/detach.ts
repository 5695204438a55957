import { removeLease } from "./leases/lease.ts";
import type { LimaContext } from "./lima-context.ts";

/** Gives up the ownership of an instance; see `RunningVm.detach`. */
export async function detach(context: LimaContext, name: string): Promise<void> {
  await removeLease(context.home, name);
}
