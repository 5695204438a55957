import { expect, test } from "vitest";

import { sanitiseLine } from "./sanitise.ts";

test.each([
  ["plain text ü ✓", "plain text ü ✓"],
  ["\u001b[31mred\u001b[0m", "red"],
  ["\u001b[2J\u001b[Hcleared", "cleared"],
  ["\u001b]0;title\u0007text", "text"],
  ["\u001b]52;c;aGVsbG8+d29ybGQ=\u0007text", "text"],
  ["\u001b]8;;https://example.org\u001b\\link\u001b]8;;\u001b\\", "link"],
  ["a\tb", "a    b"],
  ["bell\u0007 null\u0000 back\b", "bell null back"],
  ["10%\r50%\r100%", "100%"],
  ["100%\r", "100%"],
  ["turned \u202egnp.exe", "turned gnp.exe"],
])("%j is shown as %j", (line, shown) => {
  expect(sanitiseLine(line)).toBe(shown);
});

test("a line of three megabytes is cut", () => {
  const shown = sanitiseLine("x".repeat(3_000_000));
  expect(shown).toHaveLength(4096);
  expect(shown.endsWith("…")).toBe(true);
});
