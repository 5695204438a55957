import { fill, mayBeAbsolute } from "../go-template/fill.ts";
import type { TemplateValue } from "../schema/template-schema.ts";
import { guestHome, mountPointOf } from "./mount-point-of.ts";
import type { Rule, RuleContext } from "./rule.ts";
import { isOlder } from "./versions.ts";

/** System paths that Lima refuses to cover (pkg/limayaml/validate.go). */
const systemPaths = ["/", "/bin", "/dev", "/etc", "/home", "/opt", "/sbin", "/tmp", "/usr", "/var"];

/** Where Lima puts the home of a template that does not say; a base may say it. */
function defaultHome(template: TemplateValue, { limaVersion, partial }: RuleContext): string | undefined {
  if (partial) return undefined;
  if (template.os === "Darwin") return fill("/Users/{{.User}}.guest", template, "guest");
  const suffix = limaVersion !== undefined && isOlder(limaVersion, "2.1.0") ? "linux" : "guest";
  return fill(`/home/{{.User}}.${suffix}`, template, "guest");
}

export const mountPointForbidden: Rule = {
  code: "MOUNT_POINT_FORBIDDEN",
  severity: "error",
  *check(template, context) {
    const home = guestHome(template) ?? defaultHome(template, context);
    for (const [index, mount] of (template.mounts ?? []).entries()) {
      const written = mount.mountPoint;
      const path = ["mounts", index, written === undefined ? "location" : "mountPoint"];
      const point = mountPointOf(mount, template);
      const namesHome = /^\{\{-?\s*\.Home\s*-?\}\}\/?$/.test(written ?? "");
      // The `~` of a location is the host's home, even where the guest's is called `~`, which nobody expands.
      const isHome = namesHome || (point === home && !point.startsWith("~"));
      if (systemPaths.includes(point)) {
        yield {
          path,
          message: `\`${point}\` is a system path of the guest`,
          hint: "mount it below, such as /mnt/NAME",
        };
      } else if (isHome) {
        yield {
          path,
          message: "is the guest user's home itself",
          hint: 'mount it below, such as "{{.Home}}/NAME"',
        };
      } else if (written?.startsWith("~")) {
        yield { path, message: "`~` is not expanded in guest paths", hint: 'write "{{.Home}}/…"' };
      } else if (written !== undefined && !mayBeAbsolute(written, template, "guest")) {
        yield { path, message: `\`${written}\` must be an absolute path in the guest` };
      }
    }
  },
};
