import * as z from "zod";

import { suiteSchema } from "./suite-schema.ts";

/** Where editors find the schema of the newest release. */
const address = "https://unpkg.com/@sysinit/lima-ci/suite.schema.json";

/** The schema as JSON Schema, draft 7, which the language servers for YAML know best. */
export function suiteJsonSchema(): Record<string, unknown> {
  const schema = withoutLimitsOfNumbers(z.toJSONSchema(suiteSchema, { target: "draft-7" }));
  return {
    $id: address,
    title: "lima-ci suite",
    description: "What lima-ci checks in a virtual machine.",
    ...(schema as Record<string, unknown>),
  };
}

/** A copy without the bounds that zod gives every whole number. */
function withoutLimitsOfNumbers(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutLimitsOfNumbers);
  if (typeof value !== "object" || value === null) return value;
  const kept = Object.entries(value).filter(
    ([key, limit]) =>
      !(key === "maximum" && limit === Number.MAX_SAFE_INTEGER) &&
      !(key === "minimum" && limit === Number.MIN_SAFE_INTEGER),
  );
  return Object.fromEntries(kept.map(([key, inner]) => [key, withoutLimitsOfNumbers(inner)]));
}
