import { mayBeAbsolute } from "../go-template/fill.ts";
import type { Rule } from "./rule.ts";

export const copyToHostPath: Rule = {
  code: "COPY_TO_HOST_PATH",
  severity: "error",
  *check(template) {
    for (const [index, entry] of (template.copyToHost ?? []).entries()) {
      for (const key of ["guest", "host"] as const) {
        const path = entry[key];
        if (!path || mayBeAbsolute(path, template, key)) continue;
        yield { path: ["copyToHost", index, key], message: `\`${path}\` must be an absolute path` };
      }
    }
  },
};
