import type { Rule } from "./rule.ts";

export const imagesMissing: Rule = {
  code: "IMAGES_MISSING",
  severity: "error",
  *check(template, { partial }) {
    if (partial || (template.images?.length ?? 0) > 0) return;
    yield {
      path: ["images"],
      message: "no image to boot from",
      hint: "add `images:` with a location, or a `base:` that has it",
    };
  },
};
