import { closest } from "@sysinit-internal/project/closest";

import { stepsOf } from "../../steps-of.ts";
import { checkIdOf } from "../check-id.ts";
import type { Fault } from "../fault.ts";
import type { Rule } from "./rule.ts";

/** What a check needs is made before it: it stands before it, also when a group is made where its first check stands. */
export const needsBefore: Rule = ({ checks }) => {
  const ids = checks.map(checkIdOf);
  const steps = stepsOf(
    checks.map((check, index) => ({ index, ...(check.group && { group: check.group }) })),
  );
  const stepOf = new Map(steps.flatMap((step, number) => step.map(({ index }) => [index, number] as const)));
  return checks.flatMap((check, index) =>
    (check.needs ?? []).flatMap((need, place): Fault[] => {
      const path = ["checks", index, "needs", place];
      const needed = ids.indexOf(need);
      if (needed === -1) {
        const meant = closest(need, ids);
        const hint = meant === undefined ? `the checks are ${ids.join(", ")}` : `did you mean \`${meant}\`?`;
        return [{ path, message: `no check is called ${need}`, hint }];
      }
      if (needed >= index)
        return [{ path, message: `${need} does not stand before it`, hint: "change the order" }];
      if (stepOf.get(needed)! > stepOf.get(index)!) {
        const message = `${need} is made after group ${check.group}, which is made where its first check stands`;
        return [{ path, message, hint: `move ${need} before the group` }];
      }
      return [];
    }),
  );
};
