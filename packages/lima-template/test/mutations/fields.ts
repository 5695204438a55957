import { templateShape, typeOf, type Shape } from "../../src/shape/shape.ts";

/** A key that templates may have: the way to it, with 0 for the first entry of a list, and the shape of its value. */
export interface Field {
  path: (string | number)[];
  shape: Shape;
}

/** Every key of the schema, at every depth. Of several forms of a value, the keys of all. */
export function fieldsOf(shape: Shape = templateShape, path: (string | number)[] = []): Field[] {
  if (shape.anyOf !== undefined) return shape.anyOf.flatMap((form) => fieldsOf(form, path));
  const type = typeOf(shape);
  if (type === "array") {
    return Array.isArray(shape.items) ? [] : fieldsOf(shape.items, [...path, 0]);
  }
  const named = Object.entries(shape.properties ?? {});
  const names = shape.propertyNames?.enum ?? (typeof shape.additionalProperties === "object" ? ["NAME"] : []);
  const open = typeof shape.additionalProperties === "object" ? shape.additionalProperties : {};
  return [...named, ...names.map((name) => [name, open] as const)].flatMap(([key, inner]) => [
    { path: [...path, key], shape: inner },
    ...fieldsOf(inner, [...path, key]),
  ]);
}
