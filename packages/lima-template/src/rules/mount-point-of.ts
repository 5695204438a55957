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
  return filled.length > 1 ? filled.replace(/\/+/g, "/").replace(/\/$/, "") : filled;
}
