import type { Rule } from "./rule.ts";

export const limaInternals: Rule = {
  code: "LIMA_INTERNALS",
  severity: "warning",
  *check({ provision }) {
    for (const [index, { script }] of (provision ?? []).entries()) {
      if (script?.includes("LIMA_CIDATA") !== true) continue;
      yield {
        path: ["provision", index, "script"],
        message: "uses LIMA_CIDATA variables, which are Lima's own and change between versions",
        hint: "use {{.User}}, {{.Home}} and the like, or a `param`",
      };
    }
  },
};
