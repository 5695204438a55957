import type { Scalar, ScalarTag } from "yaml";

/** Everything that some YAML reader takes for a number. Text like it is quoted when it is rendered. */
export const numberLike =
  /^(?:[-+]?(?:0x[\da-f_]+|0o[0-7_]+|0b[01_]+|(?:\d[\d_]*\.?[\d_]*|\.[\d_]+)(?:e[-+]?\d+)?)|-?\.inf|\.nan)$/i;

/**
 * A number as limactl's YAML reader takes it: `010` is octal, `_` may stand between digits, 64 bits have to do. `text` is
 * what it becomes where text is asked for. Undefined for what is text to limactl, such as `08`, `1e3` and `0X1F`.
 */
export function readNumber(written: string): { value: number; text: string } | undefined {
  if (!numberLike.test(written)) return undefined;
  const [, sign = "", digits = ""] = /^([-+]?)(.*)$/.exec(written.replaceAll("_", "")) ?? [];
  const whole = /^(0[xob][\da-f]+|\d+)$/i.test(digits) ? readWhole(sign, digits) : undefined;
  if (whole !== undefined) return { value: Number(whole), text: String(whole) };
  if (/^\.(?:inf|Inf|INF)$/.test(digits)) {
    if (sign === "+") return undefined;
    return sign === "-" ? { value: -Infinity, text: "-Inf" } : { value: Infinity, text: "+Inf" };
  }
  if (/^\.(?:nan|NaN|NAN)$/.test(digits)) return { value: NaN, text: "NaN" };
  const value = /^(?=.*\.)(?=.*\d)[\d.]+(?:e[-+]?\d+)?$/i.test(digits) ? Number(sign + digits) : Infinity;
  return Number.isFinite(value) ? { value, text: textOf(value) } : undefined;
}

function readWhole(sign: string, digits: string): bigint | undefined {
  const octal = /^0\d+$/.test(digits);
  if (/^0[XOB]/.test(digits) || (octal && /[89]/.test(digits))) return undefined;
  const amount = BigInt(octal ? `0o${digits}` : digits);
  if (sign === "-") return amount <= 2n ** 63n ? -amount : undefined;
  return amount < 2n ** 64n ? amount : undefined;
}

/** A fraction as Go prints it: with an exponent of two digits from a million up, and below a ten-thousandth. */
function textOf(value: number): string {
  const size = Math.abs(value);
  if (Object.is(value, -0)) return "-0";
  if (size === 0 || (size >= 1e-4 && size < 1e6)) return String(value);
  return value.toExponential().replace(/e([-+])(\d)$/, "e$10$2");
}

/** Numbers are rendered as they were written: limactl's readers agree on that, and no digit is lost. */
const numberTag = (kind: "int" | "float"): ScalarTag => ({
  tag: `tag:yaml.org,2002:${kind}`,
  default: true,
  test: numberLike,
  identify: (value) => typeof value === "number",
  resolve: (text) => readNumber(text)?.value ?? text,
  stringify: ({ source, value }: Scalar) => source ?? String(value),
});

/** In place of the tags of yaml's core schema, which reads 010 as ten. */
export const numberTags: readonly ScalarTag[] = [numberTag("int"), numberTag("float")];

/** Tags that `numberTags` replaces. */
export const isNumberTag = ({ tag }: { tag: string }) => numberTags.some((one) => one.tag === tag);
