import type { Rule } from "./rule.ts";

/** Lima's own measure of a wide range (pkg/limayaml/validate.go). */
const wide = 10;

export const plainDrops: Rule = {
  code: "PLAIN_DROPS",
  severity: "warning",
  *check({ plain, mounts, containerd, portForwards }) {
    if (plain !== true) return;
    if ((mounts?.length ?? 0) > 0) {
      yield { path: ["mounts"], at: "key", message: "`plain: true` leaves out all mounts" };
    }
    for (const key of ["system", "user"] as const) {
      if (containerd?.[key] !== true) continue;
      yield { path: ["containerd", key], message: "`plain: true` leaves out containerd" };
    }
    for (const [index, rule] of (portForwards ?? []).entries()) {
      const path = ["portForwards", index];
      if (rule.static !== true) {
        const hint = rule.ignore === true ? undefined : "add `static: true`";
        const message = "`plain: true` leaves out all rules that are not static";
        yield { path, message, ...(hint === undefined ? {} : { hint }) };
      } else if (
        rule.guestPortRange !== undefined &&
        rule.guestPortRange[1] - rule.guestPortRange[0] >= wide
      ) {
        yield {
          path: [...path, "guestPortRange"],
          message: "every port of the range is opened on the host at once",
        };
      }
    }
  },
};
