import type { Path } from "../findings/path.ts";
import type { TemplateValue } from "../schema/template-schema.ts";
import type { Rule } from "./rule.ts";

const guestFields = ["Name", "Hostname", "UID", "User", "Home", "Param"];
const hostFields = [
  "Dir",
  "Name",
  "UID",
  "User",
  "Home",
  "Param",
  "GlobalTempDir",
  "TempDir",
  "Instance",
  "LimaHome",
];

function* texts(
  template: TemplateValue,
): Iterable<{ path: Path; text: string | undefined; fields: string[] }> {
  for (const [index, entry] of (template.provision ?? []).entries()) {
    for (const key of ["script", "content", "expression", "owner", "path"] as const) {
      yield { path: ["provision", index, key], text: entry[key], fields: guestFields };
    }
  }
  for (const [index, probe] of (template.probes ?? []).entries()) {
    yield { path: ["probes", index, "script"], text: probe.script, fields: guestFields };
  }
  for (const [index, mount] of (template.mounts ?? []).entries()) {
    yield { path: ["mounts", index, "location"], text: mount.location, fields: hostFields };
    yield { path: ["mounts", index, "mountPoint"], text: mount.mountPoint, fields: guestFields };
  }
  yield { path: ["user", "home"], text: template.user?.home, fields: guestFields };
}

/** Lima runs these texts through Go's text/template, so a literal `{{.State}}` (docker --format) is lost. */
export const templateFieldUnknown: Rule = {
  code: "TEMPLATE_FIELD_UNKNOWN",
  severity: "warning",
  *check(template) {
    for (const { path, text, fields } of texts(template)) {
      for (const name of new Set([...(text ?? "").matchAll(/\{\{-?\s*\.(\w+)/g)].map((match) => match[1]))) {
        if (name === undefined || fields.includes(name)) continue;
        yield {
          path,
          message: `\`{{.${name}}}\` is filled in by Lima, which has no such field here`,
          hint: 'write {{"{{"}} for two braces that are meant literally',
        };
      }
    }
  },
};
