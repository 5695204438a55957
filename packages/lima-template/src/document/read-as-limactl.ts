import { isCollection, isMap, parseDocument, Scalar, visit, type Document, type Node } from "yaml";
import type { FindingCode } from "../findings/codes.ts";
import { readNumber } from "./number.ts";

/** Something in a document that limactl's YAML readers refuse, lose, or do not agree on. */
export interface ReadingFault {
  code: Extract<FindingCode, "YAML_TAB" | "YAML_TAB_LOST" | "YAML_TAG" | "YAML_ESCAPE" | "YAML_SYNTAX">;
  offset: number;
  message: string;
  hint?: string;
}

/** Deeper than any template; a few hundred more and it could not be rendered. */
const deepest = 200;

/**
 * Goes through a parsed document, before aliases are written out. Values that limactl reads in a way of its own become
 * what it makes of them, in place; what it refuses is a fault.
 */
export function readAsLimactl(document: Document, text: string): ReadingFault[] {
  const faults: ReadingFault[] = [];
  const refuse: Refuse = (code, at, message, hint) => {
    const offset = typeof at === "number" ? at : (at.range?.[0] ?? 0);
    faults.push({ code, offset, message, ...(hint === undefined ? {} : { hint }) });
  };
  /** Where a tab at the start of a line is nothing special. */
  const loose: [number, number][] = [];
  const openLine = text.slice(text.lastIndexOf("\n") + 1).trimStart();

  visit(document, {
    Collection(_key, node, path) {
      if (path.length > deepest && path.filter(isCollection).length > deepest) {
        refuse("YAML_SYNTAX", node, `values are nested in more than ${deepest} others`);
        return visit.BREAK;
      }
      if (node.flow && node.range) loose.push([node.range[0], node.range[1]]);
      if (isMap(node) && node.tag !== undefined)
        refuse("YAML_TAG", node, "limactl does not read a mapping that has a tag", "take the tag away");
      return undefined;
    },
    Scalar(key, node, path) {
      const [start = 0, end = 0] = node.range ?? [];
      if (node.type === Scalar.PLAIN) readPlain(node, key === "key", refuse);
      else if (node.type === Scalar.BLOCK_LITERAL || node.type === Scalar.BLOCK_FOLDED)
        readBlock(node, text.slice(start, end), end === text.length ? openLine : "", refuse);
      else {
        loose.push([start, end]);
        readQuoted(node, text.slice(start, end), key === "key" || isInFlow(path), refuse);
      }
    },
  });
  for (const { index } of text.matchAll(/^\t[\t ]*(?:#.*)?$/gm)) {
    if (!loose.some(([start, end]) => index > start && index < end))
      refuse("YAML_TAB", index, "limactl does not read a line that begins with a tab", "take the tab away");
  }
  return faults;
}

type Refuse = (code: ReadingFault["code"], at: Node | number, message: string, hint?: string) => void;

function readPlain(node: Scalar, isKey: boolean, refuse: Refuse): void {
  const { value, anchor } = node;
  if (value === null && node.source === "" && anchor !== undefined)
    refuse("YAML_SYNTAX", node, `anchor &${anchor} has no value`, "write the value, or take the anchor away");
  if (typeof value !== "string") return;
  if (isKey) {
    if (value === "") refuse("YAML_SYNTAX", node, "limactl does not read an empty key", "put it in quotes");
    // A key that is a number becomes the text that a value would become.
    node.value = readNumber(value)?.text ?? value;
  } else if (value.includes("\t")) {
    refuse("YAML_TAB_LOST", node, "limactl drops the tab in a text without quotes");
    node.value = value.replaceAll("\t", "");
  }
}

/** `openLine` is the line with which the block ends the text, if that line has no end. */
function readBlock(node: Scalar, written: string, openLine: string, refuse: Refuse): void {
  if (/^[|>][+-]?(?:[ \t].*)?\r?\n(?: *\r?\n)* *\t/.test(written)) {
    const hint = "put a number behind the | that says how far the text is indented";
    refuse("YAML_TAB", node, "limactl does not read a block whose text begins with a tab", hint);
  }
  if (openLine === "" || typeof node.value !== "string") return;
  // Such a line brings no line break, and is not folded.
  const value = node.value.replace(/\n+$/, "");
  const before = value.slice(0, -openLine.length).replace(/ $/, "");
  const folded = node.type === Scalar.BLOCK_FOLDED && value.endsWith(openLine) && before !== "";
  node.value = folded ? `${before}\n${openLine}` : value;
}

/** An escape; with a group where one of limactl's readers does not know it, though JSON does. */
const escapes = /\\(?:(\/|u[dD][89a-fA-F][\da-fA-F]{2})|[^])/g;

/** `inLine`: a key, or within {} or []. */
function readQuoted(node: Scalar, written: string, inLine: boolean, refuse: Refuse): void {
  if (node.type === Scalar.QUOTE_DOUBLE) {
    const [, foreign] = [...written.matchAll(escapes)].find(([, escape]) => escape !== undefined) ?? [];
    if (foreign !== undefined) {
      const hint = foreign === "/" ? "write / by itself" : "write the whole character itself";
      refuse("YAML_ESCAPE", node, `limactl does not read the escape \`\\${foreign}\``, hint);
    }
    if (inLine && /(?<!\\)\t/.test(written))
      refuse("YAML_TAB", node, "limactl does not read a tab in these double quotes", "write \\t");
  }
  if (/(?<!\\)\r\n/.test(written)) node.value = withWindowsLines(written);
}

/** limactl keeps line breaks within quotes that are those of Windows; others become blanks, as YAML has it. */
function withWindowsLines(written: string): unknown {
  const kept = written.replace(/(?<!\\)[\t ]*(?:\r\n[\t ]*)+/g, (lines) => {
    const breaks = lines.split("\n").length - 1;
    return `${"\n".repeat(2 * breaks)} `;
  });
  return parseDocument(kept).toJS();
}

const isInFlow = (path: readonly unknown[]) => path.some((node) => isCollection(node) && node.flow === true);
