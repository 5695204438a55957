import type * as z from "zod";
import type { Path } from "../findings/path.ts";

type Schema = z.core.$ZodType;
type Definition = { type: string } & Record<string, unknown>;

const definitionOf = (schema: Schema) => schema._zod.def as unknown as Definition;

/** The keys that the schema allows in the mapping at a path; empty where it is no mapping or an open one. */
export function knownKeys(schema: Schema, path: Path): string[] {
  const found = path.reduce<Schema[]>(
    (schemas, step) => schemas.flatMap((one) => stepInto(one, step)),
    [schema],
  );
  return found.flatMap(alternatives).flatMap((one) => {
    const definition = definitionOf(one);
    return definition.type === "object" ? Object.keys(definition["shape"] as object) : [];
  });
}

/** The schema behind optional, and every option of a union. */
function alternatives(schema: Schema): Schema[] {
  const definition = definitionOf(schema);
  if (definition.type === "optional") return alternatives(definition["innerType"] as Schema);
  if (definition.type === "union") return (definition["options"] as Schema[]).flatMap(alternatives);
  return [schema];
}

function stepInto(schema: Schema, step: string | number): Schema[] {
  return alternatives(schema).flatMap((one) => {
    const definition = definitionOf(one);
    if (definition.type === "array" && typeof step === "number") return [definition["element"] as Schema];
    if (definition.type === "record") return [definition["valueType"] as Schema];
    const shape = definition["shape"] as Record<string, Schema> | undefined;
    return shape?.[step] === undefined ? [] : [shape[step]];
  });
}
