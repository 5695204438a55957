import schema from "../../schema.json" with { type: "json" };

/** What of JSON Schema our schema uses; see `schema/json-schema.ts`. */
export interface Shape {
  type?: string | string[];
  enum?: (string | null)[];
  anyOf?: Shape[];
  properties?: Record<string, Shape>;
  required?: string[];
  /** Names that the keys of an open mapping may have. */
  propertyNames?: { enum?: string[] };
  /** false: no others. A shape: that of the values of an open mapping. */
  additionalProperties?: boolean | Shape;
  /** One shape for all entries, or one for each of a fixed number. */
  items?: Shape | Shape[];
  minimum?: number;
  maximum?: number;
}

/** The shape of a template. */
export const templateShape = schema as Shape;

/** The kind of value that a shape asks for, null aside; undefined where it takes anything. */
export function typeOf(shape: Shape): string | undefined {
  return Array.isArray(shape.type) ? shape.type[0] : shape.type;
}
