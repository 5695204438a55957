import { ImageStoreError } from "../errors/image-store-error.ts";
import type { PruneItem } from "./decide.ts";
import type { PrunePlan } from "./make-plan.ts";

/**
 * Refuses a plan that is not what would be planned now.
 *
 * @throws ImageStoreError PLAN_OUTDATED
 */
export function requireSamePlan(planned: PrunePlan, now: PrunePlan): void {
  const changes = [...newItems(planned.items, now.items), ...changedItems(planned.items, now.items)];
  const [first] = changes;
  if (first === undefined) return;
  const others = changes.length > 1 ? `; changes in all: ${changes.length}` : "";
  throw new ImageStoreError({
    code: "PLAN_OUTDATED",
    message: `nothing was pruned, since the plan of ${planned.madeAt} no longer holds: ${first}${others}`,
    hint: "Make a new plan and look at it again.",
    details: { changes },
  });
}

function newItems(planned: readonly PruneItem[], now: readonly PruneItem[]): string[] {
  return now
    .filter((item) => counterpart(item, planned) === undefined)
    .map((item) => `${which(item)} is new`);
}

function changedItems(planned: readonly PruneItem[], now: readonly PruneItem[]): string[] {
  return planned.flatMap((item) => {
    const other = counterpart(item, now);
    if (other === undefined) return [`${which(item)} is gone`];
    if (other.sha256 !== item.sha256 || other.file !== item.file) return [`${which(item)} is another image`];
    if (other.verdict === item.verdict) return [];
    const why = [...other.reasons, ...other.references.map(({ by }) => by)].join(", ");
    return [`${which(item)} is now one to ${other.verdict}${why === "" ? "" : ` (${why})`}`];
  });
}

function counterpart({ name, generation }: PruneItem, items: readonly PruneItem[]): PruneItem | undefined {
  return items.find((item) => item.name === name && item.generation === generation);
}

function which({ name, generation }: PruneItem): string {
  return `generation ${generation} of ${name}`;
}
