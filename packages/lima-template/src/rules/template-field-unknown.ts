import { templatedTexts } from "./templated-texts.ts";
import type { Rule } from "./rule.ts";

const known = {
  guest: ["Name", "Hostname", "UID", "User", "Home", "Param"],
  host: ["Dir", "Name", "UID", "User", "Home", "Param", "GlobalTempDir", "TempDir", "Instance", "LimaHome"],
};

/** Lima runs these texts through Go's text/template, so a literal `{{.State}}` (docker --format) is lost. */
export const templateFieldUnknown: Rule = {
  code: "TEMPLATE_FIELD_UNKNOWN",
  severity: "warning",
  *check(template) {
    for (const { path, text, fields } of templatedTexts(template)) {
      for (const name of new Set([...(text ?? "").matchAll(/\{\{-?\s*\.(\w+)/g)].map((match) => match[1]))) {
        if (name === undefined || known[fields].includes(name)) continue;
        yield {
          path,
          message: `\`{{.${name}}}\` is filled in by Lima, which has no such field here`,
          hint: 'write {{"{{"}} for two braces that are meant literally',
        };
      }
    }
  },
};
