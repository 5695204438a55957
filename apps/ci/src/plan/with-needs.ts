import type { Check } from "@sysinit-internal/acceptance";

/** Ids together with those of the checks that they need, and that these need. */
export function withNeeds(
  ids: readonly string[],
  checks: readonly Pick<Check, "id" | "needs">[],
): Set<string> {
  const wanted = new Set<string>();
  const add = (id: string) => {
    if (wanted.has(id)) return;
    wanted.add(id);
    for (const need of checks.find((check) => check.id === id)?.needs ?? []) add(need);
  };
  for (const id of ids) add(id);
  return wanted;
}
