import type { Document } from "yaml";
import type { z } from "zod";

import { closest } from "../closest.ts";
import { offsetOf } from "./offset-of.ts";
import { configSchema } from "./schema.ts";

/** What is wrong, and where in the text. */
export interface Explained {
  offset: number;
  path: string;
  message: string;
  hint?: string;
}

type Issue = z.core.$ZodIssue;

/** What an issue of the schema comes to, in the words of who writes the file. */
export function explain(issue: Issue, document: Document, above: readonly PropertyKey[] = []): Explained[] {
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

function textOf(path: readonly PropertyKey[]): string {
  return path
    .map((step) => (typeof step === "number" ? `[${step}]` : `.${String(step)}`))
    .join("")
    .replace(/^\./, "");
}

const lowerFirst = (text: string) => `${text.charAt(0).toLowerCase()}${text.slice(1)}`;
