import type { FindingCode } from "../findings/codes.ts";
import type { Path } from "../findings/path.ts";
import type { TemplateValue } from "../schema/template-schema.ts";
import { coerce } from "./coerce.ts";
import { nameOfType, nameOfValue } from "./names.ts";
import { templateShape, typeOf, type Shape } from "./shape.ts";
import { suggest } from "./suggest.ts";

/** A fault of shape, by path. */
export interface ShapeFault {
  severity: "error" | "warning";
  code: Extract<FindingCode, "UNKNOWN_KEY" | "MISSING_KEY" | "WRONG_TYPE" | "BAD_VALUE" | "TYPE_COERCED">;
  path: Path;
  message: string;
  hint?: string;
  /** Point at the key rather than at the value. */
  at?: "key";
}

/** The verdict on the shape of plain data. */
export interface ShapeCheck {
  faults: ShapeFault[];
  /**
   * The typed value with everything faulty taken out, so that the rules can look at the rest in the same go. Undefined
   * where the data is no mapping.
   */
  value: TemplateValue | undefined;
}

/**
 * Checks plain data against schema.json and reports every fault at once. `sourceOf` gives the text that a scalar was
 * written as, where there is one.
 */
export function checkShape(
  data: unknown,
  sourceOf: (path: Path) => string | undefined = () => undefined,
): ShapeCheck {
  const checker = new Checker(sourceOf);
  const value = checker.check(templateShape, data ?? {}, []);
  return { faults: checker.faults, value: value as TemplateValue | undefined };
}

class Checker {
  readonly faults: ShapeFault[] = [];
  readonly #sourceOf: (path: Path) => string | undefined;

  constructor(sourceOf: (path: Path) => string | undefined) {
    this.#sourceOf = sourceOf;
  }

  /** The value as the shape wants it, or undefined where it was faulty. */
  check(shape: Shape, input: unknown, path: Path): unknown {
    if (shape.anyOf !== undefined) return this.check(meantBy(shape.anyOf, input), input, path);
    if (shape.enum !== undefined) return this.#choice(shape.enum, input, path);
    const type = typeOf(shape);
    if (type === undefined) return input;
    if (type === "object") {
      if (isMapping(input)) return this.#mapping(shape, input, path);
    } else if (type === "array") {
      if (Array.isArray(input)) return this.#list(shape, input, path);
    } else if (typeof input === type || (type === "integer" && Number.isInteger(input))) {
      return this.#inRange(shape, input, path);
    } else {
      const coerced = coerce(input, type, this.#sourceOf(path));
      if (coerced !== undefined) {
        if (coerced.surprise !== undefined) this.#say("warning", "TYPE_COERCED", path, coerced.surprise);
        return this.#inRange(shape, coerced.value, path);
      }
    }
    const hint = type === "boolean" ? flagHint(input) : undefined;
    const message = `must be ${nameOfType(shape)}, is ${nameOfValue(input)}`;
    this.#error("WRONG_TYPE", path, { message, ...(hint === undefined ? {} : { hint }) });
    // What Lima makes of a fraction, so that nothing is said that follows from its absence.
    return type === "integer" && typeof input === "number" ? Math.trunc(input) : undefined;
  }

  #mapping(shape: Shape, input: Record<string, unknown>, path: Path): unknown {
    const { properties, required = [], additionalProperties, propertyNames } = shape;
    const known = properties === undefined ? propertyNames?.enum : Object.keys(properties);
    const checked: [string, unknown][] = [];
    for (const [key, value] of Object.entries(input)) {
      if (known?.includes(key) === false) {
        this.#unknownKey(key, known, path);
        continue;
      }
      // For Lima a key without a value is the same as no key; in an open mapping it is an empty text.
      if (value === null && properties !== undefined) continue;
      const inner =
        properties?.[key] ?? (typeof additionalProperties === "object" ? additionalProperties : {});
      const result = this.check(inner, value, [...path, key]);
      if (result !== undefined) checked.push([key, result]);
      else if (required.includes(key)) checked.push([key, placeholder(inner)]);
    }
    for (const key of required) {
      if (Object.hasOwn(input, key) && input[key] !== null) continue;
      this.#error("MISSING_KEY", [...path, key], { message: `\`${key}\` is missing` });
      checked.push([key, placeholder(properties?.[key] ?? {})]);
    }
    // Not by assignment: a key may be called __proto__.
    return Object.fromEntries(checked);
  }

  #unknownKey(key: string, known: readonly string[], path: Path): void {
    const meant = suggest(key, known);
    this.#error("UNKNOWN_KEY", [...path, key], {
      at: "key",
      message: `unknown key \`${key}\``,
      hint: meant === undefined ? `known here: ${known.join(", ")}` : `did you mean \`${meant}\`?`,
    });
  }

  #list({ items = {} }: Shape, input: readonly unknown[], path: Path): unknown {
    if (Array.isArray(items) && input.length !== items.length) {
      const message = `must have ${items.length} entries, has ${input.length}`;
      return this.#error("BAD_VALUE", path, { message });
    }
    // Faulty entries keep their place, since the rules name entries by number; of choices no rule does, and none may be
    // made up.
    return input.flatMap((entry, index) => {
      const shape = Array.isArray(items) ? (items[index] ?? {}) : items;
      const checked = this.check(shape, entry, [...path, index]);
      if (checked !== undefined) return [checked];
      return shape.enum === undefined ? [placeholder(shape)] : [];
    });
  }

  #choice(values: readonly (string | null)[], input: unknown, path: Path): unknown {
    if (typeof input === "string" && values.includes(input)) return input;
    const allowed = values.filter((value) => value !== null && value !== "") as string[];
    const message = `must be one of ${allowed.join(", ")}, is`;
    if (typeof input !== "string") {
      return this.#error("WRONG_TYPE", path, { message: `${message} ${nameOfValue(input)}` });
    }
    const meant = suggest(input, allowed);
    return this.#error("BAD_VALUE", path, {
      message: `${message} \`${input}\``,
      ...(meant === undefined ? {} : { hint: `did you mean \`${meant}\`?` }),
    });
  }

  #inRange(shape: Shape, input: unknown, path: Path): unknown {
    if (typeof input !== "number") return input;
    const { minimum = Number.MIN_SAFE_INTEGER, maximum = Number.MAX_SAFE_INTEGER } = shape;
    if (input >= minimum && input <= maximum) return input;
    const limit = input < minimum ? `${minimum} or more` : `${maximum} at most`;
    return this.#error("BAD_VALUE", path, { message: `must be ${limit}, is ${input}` });
  }

  #error(code: ShapeFault["code"], path: Path, what: Pick<ShapeFault, "message" | "hint" | "at">): undefined {
    this.#say("error", code, path, what);
  }

  #say(
    severity: ShapeFault["severity"],
    code: ShapeFault["code"],
    path: Path,
    what: Pick<ShapeFault, "message" | "hint" | "at">,
  ): void {
    this.faults.push({ severity, code, path, ...what });
  }
}

const isMapping = (input: unknown): input is Record<string, unknown> =>
  typeof input === "object" && input !== null && !Array.isArray(input);

/** Of several forms, that of the kind that the input has; text where it has none, since other scalars are meant as text. */
function meantBy(forms: readonly Shape[], input: unknown): Shape {
  const kind = Array.isArray(input) ? "array" : isMapping(input) ? "object" : "string";
  // A mapping where only text or a list is right may have been meant as the entry of the list.
  return (
    forms.find((form) => typeOf(form) === kind) ?? forms.findLast((form) => typeOf(form) !== "null") ?? {}
  );
}

/** What stands for a value that was taken out but must be there. */
function placeholder(shape: Shape): unknown {
  if (shape.anyOf !== undefined) return placeholder(shape.anyOf[0] ?? {});
  if (shape.enum !== undefined) return shape.enum[0];
  const type = typeOf(shape);
  if (type === "object") {
    const required = shape.required ?? [];
    return Object.fromEntries(required.map((key) => [key, placeholder(shape.properties?.[key] ?? {})]));
  }
  if (type === "array") return [];
  if (type === "integer") return 0;
  return type === "boolean" ? false : "";
}

/** YAML 1.1 knew more words for true and false than the parsers of limactl do. */
function flagHint(input: unknown): string | undefined {
  const word = typeof input === "string" ? input.toLowerCase() : "";
  if (["yes", "y", "on", "true"].includes(word)) return "write true, without quotes";
  if (["no", "n", "off", "false"].includes(word)) return "write false, without quotes";
  return undefined;
}
