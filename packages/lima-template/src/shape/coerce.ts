import { readNumber } from "../document/number.ts";

/** A scalar read as the type asked for; `surprise` where the outcome may not be what was meant. */
export interface Coerced {
  value: string | number;
  surprise?: { message: string; hint: string };
}

/**
 * Reads a scalar of another type the way limactl's YAML reader does: numbers and flags become text (`0644` as octal:
 * "420"), text that is a whole number becomes that number. Undefined where limactl refuses.
 */
export function coerce(input: unknown, expected: string, source: string | undefined): Coerced | undefined {
  if (expected === "string" && input === null) return { value: "" };
  if (expected === "string" && (typeof input === "number" || typeof input === "boolean")) {
    const written = source ?? String(input);
    const value = (typeof input === "number" ? readNumber(written)?.text : undefined) ?? String(input);
    if (value === written) return { value };
    return {
      value,
      surprise: {
        message: `\`${written}\` is read as "${value}"`,
        hint: `write "${written}" if that is meant`,
      },
    };
  }
  if (expected === "integer" && typeof input === "string" && numberInText.test(input)) {
    const value = Number(input.replaceAll("_", ""));
    if (!Number.isInteger(value)) return undefined;
    return {
      value,
      surprise: { message: `is the text "${input}" where a number is asked for`, hint: `write ${value}` },
    };
  }
  return undefined;
}

/** Text that limactl takes as a number: always decimal, unlike a number without quotes. */
const numberInText = /^[+-]?\d+(?:_\d+)*(?:\.\d*)?(?:e[+-]?\d+)?$/i;
