import type { TemplateValue } from "../schema/template-schema.ts";

/** Fields that hold an absolute path which only the host knows. */
const pathFields = ["Home", "Dir", "GlobalTempDir", "TempDir", "LimaHome"];

/** Fields that only the host knows, unless the template says them. */
const hostKnows = [...pathFields, "Name", "Hostname", "User", "UID", "Instance"];

const action = /\{\{-?\s*\.(Param\.)?(\w+)\s*-?\}\}/g;

/**
 * Fills in the fields of a text as far as the template tells them (pkg/limayaml/defaults.go, executeGuestTemplate). What
 * only the host knows stays as it is, and so does a parameter that is not defined; any other field becomes `<no value>`,
 * as in Go. A text that Go cannot parse is left alone, as Lima does.
 */
export function fill(text: string, template: TemplateValue): string {
  if (isUnclosed(text)) return text;
  const { param = {}, user = {} } = template;
  return text.replace(action, (written, isParam: string | undefined, name: string) => {
    if (isParam !== undefined) return Object.hasOwn(param, name) ? (param[name] ?? "") : written;
    if (name === "User" && user.name !== undefined) return user.name;
    if (name === "UID" && user.uid !== undefined) return String(user.uid);
    if (name === "Home" && user.home !== undefined) return fillHome(user.home, template);
    return hostKnows.includes(name) ? written : "<no value>";
  });
}

function fillHome(home: string, template: TemplateValue): string {
  const { home: _itself, ...user } = template.user ?? {};
  return fill(home, { ...template, user });
}

/** Whether a text is an absolute path once Lima has filled it in; also where that cannot be told. */
export function mayBeAbsolute(text: string, template: TemplateValue): boolean {
  const filled = fill(text, template);
  if (filled.startsWith("/")) return true;
  if (!filled.startsWith("{{") || isUnclosed(filled)) return false;
  const [, isParam, name] = new RegExp(`^${action.source}`).exec(filled) ?? [];
  return name === undefined || isParam !== undefined || pathFields.includes(name);
}

/** Whether Go would refuse the text as a template: an action that does not end, or with nothing in it. */
export function isUnclosed(text: string): boolean {
  let at = text.indexOf("{{");
  while (at !== -1) {
    const end = text.indexOf("}}", at + 2);
    if (end === -1 || text.slice(at + 2, end).trim() === "") return true;
    at = text.indexOf("{{", end + 2);
  }
  return false;
}
