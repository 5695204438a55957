import { isUnclosed } from "../go-template/fill.ts";
import { templatedTexts } from "./templated-texts.ts";
import type { Rule } from "./rule.ts";

export const templateSyntax: Rule = {
  code: "TEMPLATE_SYNTAX",
  severity: "warning",
  *check(template) {
    for (const { path, text } of templatedTexts(template)) {
      if (text === undefined || !isUnclosed(text)) continue;
      yield {
        path,
        message: "`{{` without a field and `}}` behind it: Lima fills nothing in here",
        hint: 'write {{"{{"}} for two braces that are meant literally',
      };
    }
    if (template.message !== undefined && isUnclosed(template.message)) {
      yield {
        path: ["message"],
        severity: "error",
        message: "`{{` without a field and `}}` behind it breaks the instance",
      };
    }
  },
};
