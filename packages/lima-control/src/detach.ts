import { giveUpLease } from "./leases/lease.ts";
import type { LimaContext } from "./lima-context.ts";

/** Gives up the ownership of an instance; see `VmHandle.detach`. Without a mark it is only borrowed, and nothing to give up. */
export async function detach(
  context: LimaContext,
  { name, mark }: { name: string; mark?: string | undefined },
): Promise<void> {
  if (mark !== undefined) await giveUpLease(context.home, name, mark);
}
