import { piecesOf, type Refusal } from "../go-template/pieces.ts";
import { templatedTexts } from "./templated-texts.ts";
import type { Rule } from "./rule.ts";

/** Fields that are hardly meant for another program, as `{{.Name}}` may be for docker. */
const limaField = /\{\{-?\s*\.(?:Home|Param|UID|User)\b/;

function reasonOf(refusal: Refusal): string {
  switch (refusal.kind) {
    case "unclosed":
      return "`{{` without a field and `}}` behind it";
    case "function":
      return `\`${refusal.name}\` within braces is no function of Go's templates`;
    case "action":
      return `\`{{${inShort(refusal.text)}}}\` is nothing that Go's templates know`;
    case "end":
      return "`{{if …}}` or the like without `{{end}}`";
  }
}

/** Braces may be far apart. */
function inShort(text: string): string {
  const line = text.replace(/\s+/g, " ");
  return line.length > 40 ? `${line.slice(0, 39)}…` : line;
}

function refusalOf(text: string): Refusal | undefined {
  if (!text.includes("{{")) return undefined;
  const pieces = piecesOf(text);
  return Array.isArray(pieces) ? undefined : pieces;
}

export const templateSyntax: Rule = {
  code: "TEMPLATE_SYNTAX",
  severity: "warning",
  *check(template) {
    for (const { path, text = "" } of templatedTexts(template)) {
      const refusal = refusalOf(text);
      // Left alone, `docker inspect --format '{{json .}}'` does what it is meant to.
      if (refusal === undefined || (refusal.kind !== "unclosed" && !limaField.test(text))) continue;
      yield {
        path,
        message: `${reasonOf(refusal)}: Lima fills nothing in here`,
        hint: 'write {{"{{"}} for two braces that are meant literally',
      };
    }
    const refusal = refusalOf(template.message ?? "");
    if (refusal === undefined) return;
    yield {
      path: ["message"],
      severity: "error",
      message: `${reasonOf(refusal)}: limactl calls the instance broken`,
    };
  },
};
