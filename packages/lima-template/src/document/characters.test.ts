import { expect, test } from "vitest";
import { refusedCharacters } from "./characters.ts";

const said = (text: string) => refusedCharacters(text).map(({ offset, message }) => `${offset} ${message}`);

test.each([
  ["\ufeffcpus: 2", "0 the text begins with a byte order mark"],
  ["# \u001b[1m", "2 limactl refuses the control character U+001B"],
  ["a\fb", "1 limactl refuses the control character U+000C"],
  ["a\ufffeb", "1 limactl refuses the control character U+FFFE"],
  ["a\u2028b", "1 the character U+2028 is a line break for one of"],
  ["a\rb\r\n", "1 a carriage return by itself"],
  ["a\ud800b", "1 U+D800 is half a character"],
])("%j", (text, expected) => {
  expect(said(text)).toEqual([expect.stringContaining(expected)]);
});

test("each is said once, where it is first", () => {
  expect(said("\u0001\u0001\u0002\u0001")).toHaveLength(2);
});

test("ordinary text, with Windows line ends, tabs and whole characters of any kind", () => {
  expect(said("a:\r\n\tb # é\u00a0\u200b\u{1F600}\u007f c\ufeff\n")).toEqual([]);
});
