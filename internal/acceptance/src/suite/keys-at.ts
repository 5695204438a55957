import * as z from "zod";

import { kindNames } from "./entries/index.ts";
import type { Path } from "./fault.ts";
import { suiteSchema } from "./suite-schema.ts";

/** The keys that a mapping at this path of a suite may have; of several forms, those of the form that is meant. */
export function keysAt(path: Path, valueAt: (path: Path) => unknown): string[] {
  let forms: unknown[] = [suiteSchema];
  for (const part of path)
    forms = forms.flatMap((form) => objectsAndLists(form)).map((form) => inner(form, part));
  const objects = forms
    .flatMap((form) => objectsAndLists(form))
    .filter((form) => form instanceof z.ZodObject);
  const given = valueAt(path);
  const kind = kindNames.find((name) => typeof given === "object" && given !== null && name in given);
  const meant = objects.filter(({ shape }) => kind !== undefined && kind in shape);
  return [...new Set((meant.length > 0 ? meant : objects).flatMap(({ shape }) => Object.keys(shape)))];
}

/** A schema without what is optional about it, and each form of a union. */
function objectsAndLists(schema: unknown): (z.ZodObject | z.ZodArray)[] {
  if (schema instanceof z.ZodOptional) return objectsAndLists(schema.unwrap());
  if (schema instanceof z.ZodUnion) return schema.options.flatMap((option) => objectsAndLists(option));
  return schema instanceof z.ZodObject || schema instanceof z.ZodArray ? [schema] : [];
}

function inner(schema: z.ZodObject | z.ZodArray, part: PropertyKey): unknown {
  return schema instanceof z.ZodArray ? schema.element : schema.shape[String(part)];
}
