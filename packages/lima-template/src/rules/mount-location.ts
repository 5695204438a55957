import { posix } from "node:path";
import { fill, mayBeAbsolute } from "../go-template/fill.ts";
import type { Rule } from "./rule.ts";

/** The mount point `*`, by default the location, is Lima's way to add options to all mounts before it. */
export const mountLocation: Rule = {
  code: "MOUNT_LOCATION_RELATIVE",
  severity: "error",
  *check(template) {
    for (const [index, { location, mountPoint }] of (template.mounts ?? []).entries()) {
      if (mayBeAbsolute(location, template, "host") || (mountPoint ?? location) === "*") continue;
      const filled = posix.normalize(fill(location, template, "host"));
      if (/^~(\/|$)/.test(filled)) continue;
      const message = filled.startsWith("~")
        ? `\`${location}\`: homes of other users are not expanded`
        : `\`${location}\` must be absolute or begin with ~/`;
      yield { path: ["mounts", index, "location"], message };
    }
  },
};
