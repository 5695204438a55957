import type { PruneCriteria } from "./prune/criteria.ts";
import type { KeepReason, PruneItem } from "./prune/decide.ts";
import { makePlan, type PlanOptions, type PrunePlan } from "./prune/make-plan.ts";

export type { KeepReason, PlanOptions, PruneCriteria, PruneItem, PrunePlan };

/**
 * Plans what to remove from the store, and changes nothing. Always kept are the current generation of each name, and
 * whatever an instance, a template, another name of the file or a running program needs. A plan is not made at all when
 * something of Lima's cannot be read, since it may need any image.
 *
 * @throws ImageStoreError BAD_NAME, BAD_CRITERIA, INSTANCE_UNREADABLE, IO_FAILED
 */
export async function planPrune(options: PlanOptions): Promise<PrunePlan> {
  return (await makePlan(options)).plan;
}
