import type { TemplateMount, TemplateValue } from "../schema/template-schema.ts";

const homeField = /\{\{-?\s*\.Home\s*-?\}\}/g;
const userField = /\{\{-?\s*\.User\s*-?\}\}/g;

/** The guest user's home where the template says it; with `{{.User}}` filled in. */
export function guestHome(template: TemplateValue): string | undefined {
  const { home, name } = template.user ?? {};
  if (home === undefined) return undefined;
  return name === undefined ? home : home.replace(userField, name);
}

/**
 * Where in the guest a mount appears, normalised, with `{{.Home}}` filled in where the home is known. Default: the host
 * path.
 */
export function mountPointOf(mount: TemplateMount, template: TemplateValue): string {
  const home = guestHome(template);
  const raw = mount.mountPoint ?? mount.location;
  const filled = home === undefined ? raw : raw.replace(homeField, home);
  return filled.length > 1 ? filled.replace(/\/+/g, "/").replace(/\/$/, "") : filled;
}
