import { Scalar, visit, type Document } from "yaml";
import { needsEscape } from "../document/characters.ts";
import { numberLike } from "../document/number.ts";

/**
 * A document as YAML text: comments kept, no folded lines, no anchors (the parser took them away). Text that YAML 1.1
 * reads as something else (`yes`, `1_000`, `12:30`) is quoted, because limactl has parsers of both kinds.
 */
export function renderDocument(document: Document): string {
  const copy = document.clone();
  visit(copy, {
    Scalar(_key, node) {
      if (typeof node.value === "string") tidyText(node, node.value);
      else if (node.value instanceof Uint8Array) node.type = Scalar.BLOCK_LITERAL;
    },
  });
  const written = copy.toString({
    lineWidth: 0,
    blockQuote: "literal",
    // With no line width this is where `!!binary` is wrapped: limactl's formatter cannot take lines of 64 KiB.
    minContentWidth: 76,
    flowCollectionPadding: false,
  });
  // The stringifier leaves some characters as they are that limactl knows only as escapes; they stand in double quotes.
  const text = written.replace(/[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]/g, (character) => {
    return `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
  });
  return text === "{}\n" || text === "null\n" ? "" : text.replace(/^\n+/, "");
}

/** Text that one of the parsers reads as a number of its own, a flag, a time or a date. */
const needsQuotes =
  /^(?:[-+]?0[xob][\da-f_]+|\d+(?::\d+)+|\d{4}-\d\d?-\d\d?.*|[+-]?\.(?:inf|nan)|y|n|yes|no|on|off|true|false|null|~|=|<<)$/i;

/**
 * Whether a text of several lines can stand in a block. limactl's parsers differ where the first line begins with a
 * blank or a tab, and lose tabs that are neither in a block nor escaped.
 */
export const isGoodBlock = (text: string) => !/^\s/.test(text) && !/[^\S\n]\n*$/.test(text);

const isBlock = ({ type }: Scalar) => type === Scalar.BLOCK_LITERAL || type === Scalar.BLOCK_FOLDED;

function tidyText(node: Scalar, value: string): void {
  // A block that begins with a tab has no indentation for limactl.
  if (needsEscape.test(value) || (isBlock(node) && /^\n*\t/.test(value))) {
    node.type = Scalar.QUOTE_DOUBLE;
    return;
  }
  if (node.type === Scalar.BLOCK_FOLDED) node.type = Scalar.BLOCK_LITERAL;
  // What somebody wrote stays as it was written; this is for text that comes from code.
  if (node.type !== undefined || node.range) return;
  if (value.includes("\n") && isGoodBlock(value)) node.type = Scalar.BLOCK_LITERAL;
  else if (numberLike.test(value) || needsQuotes.test(value) || /[\n\t]/.test(value))
    node.type = Scalar.QUOTE_DOUBLE;
}
