import type { ExpectedText } from "../entries/expected-text.ts";

/** Why a text is not as expected, in words; undefined when it is. */
export function textFault(
  what: string,
  text: string,
  expected: ExpectedText | undefined,
): string | undefined {
  if (expected === undefined) return undefined;
  if (typeof expected === "string") {
    return text.trim() === expected.trim()
      ? undefined
      : `${what} is ${quoted(text)}, not ${quoted(expected)}`;
  }
  const { equals, contains, matches } = expected;
  if (equals !== undefined && text !== equals) return `${what} is ${quoted(text)}, not ${quoted(equals)}`;
  if (contains !== undefined && !text.includes(contains))
    return `${what} does not contain ${quoted(contains)}: ${quoted(text)}`;
  if (matches !== undefined && !new RegExp(matches, "m").test(text))
    return `${what} does not match ${matches}: ${quoted(text)}`;
  return undefined;
}

const longest = 200;

function quoted(text: string): string {
  const shown = text.trim();
  return JSON.stringify(shown.length > longest ? `${shown.slice(0, longest)}…` : shown);
}
