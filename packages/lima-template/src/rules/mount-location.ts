import type { Rule } from "./rule.ts";

/** `{{` may become an absolute path; `*` is Lima's way to add options to all mounts before it. */
export const mountLocation: Rule = {
  code: "MOUNT_LOCATION_RELATIVE",
  severity: "error",
  *check({ mounts }) {
    for (const [index, { location, mountPoint }] of (mounts ?? []).entries()) {
      if (/^(\/|\{\{|~$|~\/)/.test(location)) continue;
      if (location === "*" || mountPoint === "*") continue;
      const message = location.startsWith("~")
        ? `\`${location}\`: homes of other users are not expanded`
        : `\`${location}\` must be absolute or begin with ~/`;
      yield { path: ["mounts", index, "location"], message };
    }
  },
};
