import * as z from "zod";
import { templateSchema } from "./template-schema.ts";

type JsonSchema = z.core.JSONSchema.BaseSchema;

/** Where editors find the schema of the newest release. */
const address = "https://unpkg.com/@sysinit/lima-template/schema.json";

/**
 * The schema as JSON Schema, draft 7, which the language servers for YAML know best. It is kept as schema.json: editors
 * read it, and so does `checkShape`, which therefore need not load zod.
 */
export function templateJsonSchema(): JsonSchema {
  const schema = tidy(z.toJSONSchema(templateSchema, { target: "draft-7" })) as JsonSchema;
  return { $id: address, title: "Lima template", description: "A template of Lima 2.2.", ...schema };
}

/** A copy without what says nothing, and with null where a key may be absent: for Lima both mean the same. */
function tidy(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(tidy);
  if (typeof value !== "object" || value === null) return value;
  const schema = Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [key, tidy(inner)]),
  ) as JsonSchema;
  if (schema.minimum === Number.MIN_SAFE_INTEGER) delete schema.minimum;
  if (schema.maximum === Number.MAX_SAFE_INTEGER) delete schema.maximum;
  if (schema.propertyNames !== undefined && !("enum" in (schema.propertyNames as object))) {
    delete schema.propertyNames;
  }
  // Lima reads numbers as text; in open mappings people write flags as well.
  if (schema.type === "string" && schema.enum === undefined) schema.type = ["string", "number"] as never;
  if (schema.type !== "object") return schema;
  const values = schema.additionalProperties;
  if (typeof values === "object" && Array.isArray(values.type)) {
    values.type = [...(values.type as string[]), "boolean", "null"] as never;
  }
  for (const [key, property] of Object.entries(schema.properties ?? {})) {
    if (typeof property === "object" && schema.required?.includes(key) !== true) allowNull(property);
  }
  return schema;
}

function allowNull(schema: JsonSchema): void {
  if (schema.anyOf !== undefined) schema.anyOf = [...schema.anyOf, { type: "null" }];
  if (schema.enum !== undefined) schema.enum = [...schema.enum, null];
  if (schema.type !== undefined) schema.type = [schema.type, "null"].flat() as never;
}
