import type { Check } from "./check.ts";

/** The order in which checks are made: one a step, or all of a group in the step of its first. */
export function stepsOf<Entry extends Pick<Check, "group">>(checks: readonly Entry[]): Entry[][] {
  const steps: Entry[][] = [];
  const groups = new Map<string, Entry[]>();
  for (const check of checks) {
    const group = check.group === undefined ? undefined : groups.get(check.group);
    if (group !== undefined) {
      group.push(check);
      continue;
    }
    const step = [check];
    steps.push(step);
    if (check.group !== undefined) groups.set(check.group, step);
  }
  return steps;
}
