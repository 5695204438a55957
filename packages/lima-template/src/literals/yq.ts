import { interleave } from "./interleave.ts";

/** What a yq expression may be given. */
export type YqValue =
  string | number | boolean | null | readonly YqValue[] | { readonly [key: string]: YqValue };

/**
 * A yq expression with values in it, for `mode: yq`: each value is data, whatever is in it.
 *
 *     yq`.server.name = ${name} | .server.ports = ${[80, 443]}`
 *
 * Values go in as base64 of their JSON, because yq's own texts have escapes and interpolation.
 */
export function yq(expression: TemplateStringsArray, ...values: readonly YqValue[]): string {
  return interleave(expression, values, encoded);
}

const encoded = (value: YqValue) =>
  `("${Buffer.from(JSON.stringify(value)).toString("base64")}" | @base64d | from_json)`;
