import { readFile } from "node:fs/promises";

import { isMap, isScalar, LineCounter, parseDocument, type Document, type Node } from "yaml";
import type { z } from "zod";

import { closest } from "../closest.ts";
import { ProjectError } from "../project-error.ts";
import { formatConfigFinding, type ConfigFinding } from "./finding.ts";
import { configSchema, type Config } from "./schema.ts";

/** A configuration file that was read, with the place of each value. */
export interface ConfigFile {
  file: string;
  config: Config;
  /** Line and column of the value at a path, or of the nearest thing around it. */
  placeOf(path: readonly PropertyKey[]): { line: number; column: number };
}

/**
 * Reads a configuration file; undefined where there is none.
 *
 * @throws ProjectError CONFIG_UNREADABLE, CONFIG_INVALID
 */
export async function readConfig(file: string): Promise<ConfigFile | undefined> {
  let text: string;
  try {
    text = await readFile(file, "utf8");
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw new ProjectError({
      code: "CONFIG_UNREADABLE",
      message: `${file} cannot be read: ${(cause as Error).message}`,
      hint: "check its permissions",
      details: { file },
      cause,
    });
  }
  return parseConfig(text, file);
}

/** The same for a text. @throws ProjectError CONFIG_INVALID with every finding */
export function parseConfig(text: string, file: string): ConfigFile {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, stringKeys: true });
  const at = (offset: number) => {
    const { line, col } = lines.linePos(offset);
    return { line: Math.max(line, 1), column: Math.max(col, 1) };
  };
  const placeOf = (path: readonly PropertyKey[]) => at(offsetOf(document, path));
  if (document.errors.length > 0) {
    throw invalid(
      document.errors.map(({ pos, message }) => ({
        file,
        ...at(pos[0]),
        path: "",
        message: message.replace(/\s+/g, " "),
      })),
    );
  }
  const parsed = configSchema.safeParse(document.toJS({ maxAliasCount: 100 }) ?? {});
  if (parsed.success) return { file, config: parsed.data, placeOf };
  const findings = parsed.error.issues.flatMap((issue) => explain(issue, document));
  throw invalid(findings.map(({ offset, ...finding }) => ({ file, ...at(offset), ...finding })));
}

interface Explained {
  offset: number;
  path: string;
  message: string;
  hint?: string;
}

type Issue = z.core.$ZodIssue;

function explain(issue: Issue, document: Document, above: readonly PropertyKey[] = []): Explained[] {
  const path = [...above, ...issue.path];
  if (issue.code === "unrecognized_keys") {
    const known = knownKeys(path);
    return issue.keys.map((key) => {
      const meant = closest(key, known);
      return {
        offset: offsetOf(document, [...path, key], "key"),
        path: textOf([...path, key]),
        message: "no such key",
        hint: meant === undefined ? `there is ${known.join(", ")}` : `did you mean ${meant}?`,
      };
    });
  }
  if (issue.code === "invalid_union") {
    // The alternative that was probably meant is the one that has least against it.
    const meant = issue.errors
      .filter(
        (branch) =>
          !branch.some(
            ({ code, path: [key] }) =>
              code === "invalid_type" && key !== "timeout" && isMissing(document, [...path, key!]),
          ),
      )
      .toSorted((one, other) => one.length - other.length)[0];
    if (meant !== undefined) return meant.flatMap((inner) => explain(inner, document, path));
    const message = `needs one of ${knownKeys(path)
      .filter((key) => key !== "timeout")
      .join(", ")}`;
    return [{ offset: offsetOf(document, path), path: textOf(path), message }];
  }
  if (isMissing(document, path))
    return [{ offset: offsetOf(document, path), path: textOf(path), message: "is missing" }];
  return [{ offset: offsetOf(document, path), path: textOf(path), message: lowerFirst(issue.message) }];
}

/** The keys that the schema knows at a path. */
function knownKeys(path: readonly PropertyKey[]): string[] {
  let schema: z.core.$ZodType | undefined = configSchema;
  for (const key of path) schema = inside(bare(schema), key);
  const found = bare(schema) as { shape?: object; options?: z.core.$ZodType[] } | undefined;
  const shapes = found?.options?.map((option) => bare(option) as { shape?: object }) ?? [found];
  return [...new Set(shapes.flatMap((one) => Object.keys(one?.shape ?? {})))];
}

const inside = (schema: unknown, key: PropertyKey) =>
  typeof key === "number"
    ? (schema as { element?: z.core.$ZodType }).element
    : (schema as { shape?: Record<PropertyKey, z.core.$ZodType> }).shape?.[key];

function bare(schema: z.core.$ZodType | undefined): unknown {
  let inner: unknown = schema;
  // A list can be unwrapped as well, and is to stay one.
  while (
    typeof (inner as { unwrap?: unknown } | undefined)?.unwrap === "function" &&
    !("element" in (inner as object))
  )
    inner = (inner as { unwrap(): unknown }).unwrap();
  return inner;
}

const isMissing = (document: Document, path: readonly PropertyKey[]) => document.getIn(path) === undefined;

/** Where in the text something is; for what is not there, the nearest thing around it. */
function offsetOf(
  document: Document,
  path: readonly PropertyKey[],
  which: "key" | "value" = "value",
): number {
  let node = document.contents as Node | null;
  let nearest = node?.range?.[0] ?? 0;
  for (const [index, step] of path.entries()) {
    if (isMap(node)) {
      const pair = node.items.find(({ key }) => isScalar(key) && key.value === step);
      if (pair === undefined) break;
      const key = pair.key as Node;
      node = pair.value as Node | null;
      const last = index === path.length - 1;
      nearest = (last && which === "value" ? (node ?? key) : key).range?.[0] ?? nearest;
    } else {
      node = (node as { items?: (Node | null)[] } | null)?.items?.[Number(step)] ?? null;
      nearest = node?.range?.[0] ?? nearest;
    }
    if (node === null) break;
  }
  return nearest;
}

function textOf(path: readonly PropertyKey[]): string {
  return path
    .map((step) => (typeof step === "number" ? `[${step}]` : `.${String(step)}`))
    .join("")
    .replace(/^\./, "");
}

const lowerFirst = (text: string) => `${text.charAt(0).toLowerCase()}${text.slice(1)}`;

function invalid(findings: ConfigFinding[]): ProjectError {
  const lines = findings.map(formatConfigFinding);
  const more = findings.length === 1 ? "" : ` (and ${findings.length - 1} more)`;
  return new ProjectError({
    code: "CONFIG_INVALID",
    message: `${lines[0]}${more}`,
    hint: "lima-cli help config has every key; an editor that knows YAML schemas completes them",
    details: { findings, ...(lines.length > 1 && { logTail: lines }) },
  });
}
