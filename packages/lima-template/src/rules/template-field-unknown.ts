import { fieldsOf } from "../go-template/fill.ts";
import { piecesOf } from "../go-template/pieces.ts";
import { templatedTexts } from "./templated-texts.ts";
import type { Rule } from "./rule.ts";

/** Lima runs these texts through Go's text/template, so a literal `{{.State}}` (docker --format) is lost. */
export const templateFieldUnknown: Rule = {
  code: "TEMPLATE_FIELD_UNKNOWN",
  severity: "warning",
  *check(template) {
    for (const { path, text, fields } of templatedTexts(template)) {
      if (!text?.includes("{{")) continue;
      const pieces = piecesOf(text);
      // Where Go cannot read the text, nothing is filled in and nothing is lost.
      if (!Array.isArray(pieces)) continue;
      const actions = pieces.filter(({ kind }) => kind === "action");
      for (const name of new Set(actions.map((action) => /^\.(\w+)/.exec(action.text)?.[1]))) {
        if (name === undefined || fieldsOf[fields].includes(name)) continue;
        yield {
          path,
          message: `\`{{.${name}}}\` is filled in by Lima, which has no such field here`,
          hint: 'write {{"{{"}} for two braces that are meant literally',
        };
      }
    }
  },
};
