import { typeOf, type Shape } from "./shape.ts";

const names: Record<string, string> = {
  string: "text",
  integer: "a whole number",
  boolean: "true or false",
  object: "a mapping",
};

/** What a shape asks for, for people. */
export function nameOfType(shape: Shape): string {
  const type = typeOf(shape) ?? "anything";
  if (type !== "array") return names[type] ?? type;
  return Array.isArray(shape.items) ? `a list of ${shape.items.length} numbers` : "a list";
}

const longest = 40;

/** What a value is, for people. */
export function nameOfValue(value: unknown): string {
  if (value === null || value === undefined) return "empty";
  if (Array.isArray(value)) return "a list";
  if (typeof value === "object") return "a mapping";
  if (typeof value === "string")
    return `the text \`${value.length > longest ? `${value.slice(0, longest)}…` : value}\``;
  return `\`${String(value as number | boolean)}\``;
}
