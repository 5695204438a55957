import { ImageStoreError } from "../errors/image-store-error.ts";
import type { PruneItem } from "./decide.ts";
import type { PrunePlan } from "./make-plan.ts";

/**
 * Refuses a plan that is not what would be planned now.
 *
 * @throws ImageStoreError PLAN_OUTDATED
 */
export function requireSamePlan(planned: PrunePlan, now: PrunePlan): void {
  const changes = [
    ...differences(planned.items, now.items, "is gone"),
    ...differences(now.items, planned.items, "is new"),
  ];
  const [first] = changes;
  if (first === undefined) return;
  const others = changes.length > 1 ? ` and ${changes.length - 1} more changes` : "";
  throw new ImageStoreError({
    code: "PLAN_OUTDATED",
    message: `nothing was pruned, since the plan of ${planned.madeAt} no longer holds: ${first}${others}`,
    hint: "Make a new plan and look at it again.",
    details: { changes },
  });
}

function differences(items: readonly PruneItem[], others: readonly PruneItem[], missing: string): string[] {
  return items.flatMap((item) => {
    const other = others.find(({ name, generation }) => name === item.name && generation === item.generation);
    const which = `generation ${item.generation} of ${item.name}`;
    if (other === undefined) return [`${which} ${missing}`];
    if (missing === "is new") return [];
    if (other.sha256 !== item.sha256 || other.file !== item.file) return [`${which} is another image`];
    if (other.verdict === item.verdict) return [];
    const why = [...other.reasons, ...other.references.map(({ by }) => by)].join(", ");
    return [`${which} is now one to ${other.verdict}${why === "" ? "" : ` (${why})`}`];
  });
}
