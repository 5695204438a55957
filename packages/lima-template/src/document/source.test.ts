import { expect, test } from "vitest";
import { positionAt } from "./source.ts";

const at = (text: string, offset: number) => positionAt({ text, file: undefined }, offset);

test("lines and columns begin at 1", () => {
  const text = "ab\n\ncd";
  expect(at(text, 0)).toEqual({ line: 1, column: 1, sourceLine: "ab" });
  expect(at(text, 2)).toEqual({ line: 1, column: 3, sourceLine: "ab" });
  expect(at(text, 3)).toEqual({ line: 2, column: 1, sourceLine: "" });
  expect(at(text, 5)).toEqual({ line: 3, column: 2, sourceLine: "cd" });
});

test("offsets outside are moved to the nearest end", () => {
  expect(at("ab", 9)).toEqual({ line: 1, column: 3, sourceLine: "ab" });
  expect(at("ab\n", 9)).toEqual({ line: 2, column: 1, sourceLine: "" });
  expect(at("", -1)).toEqual({ line: 1, column: 1, sourceLine: "" });
});

test("a byte order mark has no column, a Windows line end is not shown, a long line is cut", () => {
  expect(at("\uFEFFab\r\n", 2)).toEqual({ line: 1, column: 2, sourceLine: "ab" });
  expect(at("x".repeat(300), 0).sourceLine).toBe(`${"x".repeat(200)}…`);
});

test("the file goes with it", () => {
  expect(positionAt({ text: "a", file: "a.yaml" }, 0).file).toBe("a.yaml");
});
