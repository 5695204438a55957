import { isMap, isScalar, parseDocument, type Document, type ErrorCode, type Node } from "yaml";
import type { FindingCode } from "../findings/codes.ts";
import type { Finding } from "../findings/finding.ts";
import { refusedCharacters } from "./characters.ts";
import { expandAliases } from "./expand-aliases.ts";
import { isNumberTag, numberTags } from "./number.ts";
import { readAsLimactl } from "./read-as-limactl.ts";
import { positionAt, type Source } from "./source.ts";

/** A parsed text: the document where it is a mapping, and what was found on the way. */
export interface ParsedDocument {
  document: Document | undefined;
  source: Source;
  findings: Finding[];
}

/** limactl's own limit on a template with everything embedded (pkg/limatmpl). */
export const mostBytes = 4 * 1024 * 1024;

const codeOf: Partial<Record<ErrorCode, FindingCode>> = {
  DUPLICATE_KEY: "YAML_DUPLICATE_KEY",
  MULTIPLE_DOCS: "YAML_MULTIPLE_DOCUMENTS",
  TAB_AS_INDENT: "YAML_TAB",
};

const hintOf: Partial<Record<FindingCode, string>> = {
  YAML_DUPLICATE_KEY: "keep one of the two",
  YAML_MULTIPLE_DOCUMENTS: "split the file, or use `base:` to combine templates",
  YAML_TAB: "indent with spaces",
  YAML_TAB_LOST: "put the text into double quotes, with \\t for the tab",
  YAML_ALIAS_BOMB: "write the values out",
  YAML_MERGE_CLASH: "write the keys out instead of `<<`",
};

/** Parses YAML into a document without aliases. Whatever is wrong with the text is a finding; nothing is thrown. */
export function parseTemplateDocument(text: string, file?: string): ParsedDocument {
  const source: Source = { text, file };
  const findings: Finding[] = [];
  const report = (
    code: FindingCode,
    offset: number,
    message: string,
    { severity = "error", hint = hintOf[code] }: { severity?: Finding["severity"]; hint?: string } = {},
  ) => {
    const finding: Finding = { severity, code, path: "(template)", message, ...positionAt(source, offset) };
    findings.push(hint === undefined ? finding : { ...finding, hint });
  };

  if (Buffer.byteLength(text) > mostBytes) {
    report("YAML_TOO_LARGE", 0, `the text is larger than ${mostBytes / 1024 / 1024} MiB`);
    return { document: undefined, source, findings };
  }

  for (const { offset, message, hint } of refusedCharacters(text)) {
    report("YAML_CHARACTER", offset, message, { hint });
  }

  let document: Document;
  try {
    document = parseDocument<Node, false>(withoutVersion(text), {
      version: "1.2",
      customTags: (tags) => [
        ...tags.filter((tag) => typeof tag === "string" || !isNumberTag(tag)),
        ...numberTags,
        "binary",
      ],
      keepSourceTokens: false,
      prettyErrors: false,
      stringKeys: true,
      // Not "silent": that would also hide that there is a second document.
      logLevel: "error",
    }) as unknown as Document;
  } catch (error) {
    // The parser recurses: a text of nothing but brackets ends in a RangeError.
    const why = error instanceof RangeError ? "it is nested too deeply" : (error as Error).message;
    report("YAML_SYNTAX", 0, `the text cannot be parsed: ${why}`);
    return { document: undefined, source, findings };
  }

  for (const error of document.errors) {
    report(
      codeOf[error.code] ?? "YAML_SYNTAX",
      error.pos[0],
      messageOf(error.code, error.message, text, error.pos),
    );
  }
  for (const warning of document.warnings) {
    // limactl refuses a directive that it does not know.
    if (warning.code === "BAD_DIRECTIVE") report("YAML_SYNTAX", warning.pos[0], oneLine(warning.message));
    else report("YAML_TAG", warning.pos[0], oneLine(warning.message), { severity: "warning" });
  }
  // A document with syntax errors holds the parser's guesses; checking those would report faults that are not there.
  if (document.errors.some((error) => error.code !== "DUPLICATE_KEY" && error.code !== "MULTIPLE_DOCS")) {
    return { document: undefined, source, findings };
  }

  for (const { code, offset, message, hint } of readAsLimactl(document, text)) {
    report(code, offset, message, hint === undefined ? {} : { hint });
  }
  for (const fault of expandAliases(document)) {
    report(fault.code, fault.node.range?.[0] ?? 0, fault.message);
  }
  const contents = document.contents as Node | null;
  if (contents !== null && !isMap(contents) && !(isScalar(contents) && contents.source === "")) {
    report("YAML_SYNTAX", contents.range?.[0] ?? 0, "a template is a mapping of keys to values");
    return { document: undefined, source, findings };
  }
  return { document, source, findings };
}

/** limactl reads YAML 1.2 whatever `%YAML` says. */
const withoutVersion = (text: string) =>
  text.includes("%YAML") ? text.replace(/^%YAML.*$/gm, (line) => " ".repeat(line.length)) : text;

function messageOf(code: ErrorCode, message: string, text: string, pos: [number, number]): string {
  if (code === "DUPLICATE_KEY") {
    const key = /^[\w.-]+/.exec(text.slice(pos[0], pos[0] + 80))?.[0] ?? "a key";
    return `\`${key}\` is already a key of this mapping`;
  }
  if (code === "MULTIPLE_DOCS") return "a second document begins here; limactl reads only the first";
  return oneLine(message);
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, " ").trim();
}
