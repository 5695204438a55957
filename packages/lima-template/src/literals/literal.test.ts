import { expect, test } from "vitest";
import { literal } from "./literal.ts";

test.each([
  ["no braces", "no braces"],
  ["{ one }", `{{"{"}} one }`],
  ["a { b }", "a { b }"],
  ["{{.State}}", `{{"{{"}}.State}}`],
  ["a{{{b", `a{{"{{{"}}b`],
  ["a{", `a{{"{"}}`],
])("%s", (value, expected) => {
  expect(literal(value)).toBe(expected);
});

test("a brace behind it makes no pair of braces", () => {
  expect(`${literal("a{")}{.Home}}`).toBe(`a{{"{"}}{.Home}}`);
});
