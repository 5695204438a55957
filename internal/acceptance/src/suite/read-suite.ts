import {
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  parseDocument,
  type Document,
  type Node,
  type Pair,
} from "yaml";

import { faultsOf } from "./describe-issue.ts";
import { pathText, type Fault, type Path } from "./fault.ts";
import type { SuiteFinding } from "./finding.ts";
import { rules } from "./rules/index.ts";
import { suiteSchema, type SuiteValue } from "./suite-schema.ts";

/** A suite with the place of each of its checks, or why there is none. */
export interface SuiteReading {
  suite?: Suite;
  findings: SuiteFinding[];
}

export interface Suite {
  /** As its reader named it. */
  file: string;
  value: SuiteValue;
  /** The line of each check, from 1. */
  checkLines: number[];
}

const mostBytes = 1024 * 1024;

/** Reads a suite. Whatever is wrong with it is a finding with its place; nothing is thrown. */
export function readSuite(text: string, file: string): SuiteReading {
  const lineCounter = new LineCounter();
  const place = (offset: number, fault: Omit<Fault, "path">, path: Path): SuiteFinding => {
    const { line, col } = lineCounter.linePos(Math.min(Math.max(offset, 0), text.length));
    const { message, hint } = fault;
    const sourceLine = (text.split("\n")[line - 1] ?? "").replace(/\r$/, "").slice(0, 200);
    const at = { file, line: Math.max(line, 1), column: Math.max(col, 1) };
    return { ...at, path: pathText(path), message, ...(hint && { hint }), sourceLine };
  };
  if (Buffer.byteLength(text) > mostBytes) {
    return { findings: [place(0, { message: `is larger than ${mostBytes} bytes` }, [])] };
  }

  let document: Document;
  try {
    document = parseDocument(text, { lineCounter, prettyErrors: false, stringKeys: true, logLevel: "error" });
  } catch (error) {
    // The parser recurses: a text of nothing but brackets ends in a RangeError.
    return {
      findings: [place(0, { message: `cannot be parsed: ${oneLine((error as Error).message)}` }, [])],
    };
  }
  if (document.errors.length > 0) {
    return {
      findings: document.errors.map(({ pos, message }) => place(pos[0], { message: oneLine(message) }, [])),
    };
  }
  let data: unknown;
  try {
    data = document.toJS({ maxAliasCount: 100 });
  } catch (error) {
    return { findings: [place(0, { message: oneLine((error as Error).message) }, [])] };
  }

  const locate = (fault: Fault) =>
    place(offsetOf(document.contents as Node | null, fault), fault, fault.path);
  if (typeof data !== "object" || data === null || Array.isArray(data)) {
    return { findings: [place(0, { message: "a suite is a mapping with `name` and `checks`" }, [])] };
  }
  const parsed = suiteSchema.safeParse(data);
  if (!parsed.success) {
    const faults = parsed.error.issues.flatMap((issue) => faultsOf(issue, (path) => valueAt(data, path)));
    return { findings: inOrder(faults.map(locate)) };
  }
  const findings = inOrder(rules.flatMap((rule) => rule(parsed.data)).map(locate));
  if (findings.length > 0) return { findings };
  const checkLines = parsed.data.checks.map(
    (_, index) => locate({ path: ["checks", index], message: "" }).line,
  );
  return { suite: { file, value: parsed.data, checkLines }, findings: [] };
}

function inOrder(findings: SuiteFinding[]): SuiteFinding[] {
  return findings.toSorted((a, b) => a.line - b.line || a.column - b.column);
}

function valueAt(data: unknown, path: Path): unknown {
  let value = data;
  for (const part of path) {
    if (typeof value !== "object" || value === null || !Object.hasOwn(value, part)) return undefined;
    value = (value as Record<PropertyKey, unknown>)[part];
  }
  return value;
}

/** The offset of what is at a path, or of what holds it where it is missing. */
function offsetOf(root: Node | null, { path, at }: Fault): number {
  let node = root;
  let offset = root?.range?.[0] ?? 0;
  for (const [depth, part] of path.entries()) {
    const last = depth === path.length - 1;
    if (isMap<Node, Node | null>(node)) {
      const pair: Pair<Node, Node | null> | undefined = node.items.find(
        ({ key }) => isScalar(key) && String(key.value) === String(part),
      );
      if (pair === undefined) return offset;
      offset =
        (last && at === "key" ? pair.key.range?.[0] : pair.value?.range?.[0]) ??
        pair.key.range?.[0] ??
        offset;
      node = pair.value;
    } else if (isSeq<Node>(node)) {
      node = node.items[Number(part)] ?? null;
      offset = node?.range?.[0] ?? offset;
    } else {
      return offset;
    }
  }
  return offset;
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, " ").trim();
}
