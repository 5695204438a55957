import type { Rule } from "./rule.ts";

export const copyToHostPath: Rule = {
  code: "COPY_TO_HOST_PATH",
  severity: "error",
  *check({ copyToHost }) {
    for (const [index, entry] of (copyToHost ?? []).entries()) {
      for (const key of ["guest", "host"] as const) {
        const path = entry[key];
        if (!path || /^(\/|\{\{)/.test(path)) continue;
        yield { path: ["copyToHost", index, key], message: `\`${path}\` must be an absolute path` };
      }
    }
  },
};
