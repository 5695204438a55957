import type { Rule } from "./rule.ts";

export const digestNotImplemented: Rule = {
  code: "DIGEST_NOT_IMPLEMENTED",
  severity: "error",
  scope: "file",
  *check({ base, provision }) {
    const message = "Lima has not implemented digests of templates and scripts and refuses them";
    const hint = "leave `digest` out";
    if (Array.isArray(base)) {
      for (const [index, one] of base.entries()) {
        if (typeof one === "object" && one.digest !== undefined)
          yield { path: ["base", index, "digest"], message, hint };
      }
    }
    for (const [index, entry] of (provision ?? []).entries()) {
      if (typeof entry.file === "object" && entry.file.digest !== undefined) {
        yield { path: ["provision", index, "file", "digest"], message, hint };
      }
    }
  },
};
