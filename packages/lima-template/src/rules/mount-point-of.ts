import { posix } from "node:path";
import { fill } from "../go-template/fill.ts";
import type { TemplateMount, TemplateValue } from "../schema/template-schema.ts";

/** The guest user's home where the template says it, filled in. */
export function guestHome(template: TemplateValue): string | undefined {
  const home = template.user?.home;
  return home === undefined ? undefined : fill("{{.Home}}", template, "guest");
}

/** Where in the guest a mount appears, filled in as far as the template tells, and normalised. Default: the host path. */
export function mountPointOf(mount: TemplateMount, template: TemplateValue): string {
  const filled =
    mount.mountPoint === undefined
      ? fill(mount.location, template, "host")
      : fill(mount.mountPoint, template, "guest");
  if (filled.length < 2) return filled;
  // What is not known may be more than one step up.
  const shortest = filled.includes("{{") ? filled.replace(/\/+/g, "/") : posix.normalize(filled);
  return shortest.replace(/(.)\/$/, "$1");
}
