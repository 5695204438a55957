import { mountPointOf } from "./mount-point-of.ts";
import type { Rule } from "./rule.ts";

/**
 * Lima merges mounts of one mount point, keeping the first location (that is how a template overrides its base), so
 * within one file the second is lost without a word.
 */
export const mountPointDuplicate: Rule = {
  code: "MOUNT_POINT_DUPLICATE",
  severity: "error",
  scope: "file",
  *check(template) {
    const first = new Map<string, number>();
    for (const [index, mount] of (template.mounts ?? []).entries()) {
      const point = mountPointOf(mount, template);
      if (point === "" || point === "*") continue;
      const earlier = first.get(point);
      if (earlier === undefined) first.set(point, index);
      else {
        yield {
          path: ["mounts", index],
          message: `\`${point}\` is already the mount point of mounts[${earlier}]; Lima drops this one silently`,
          hint: "give it another `mountPoint`",
        };
      }
    }
  },
};
