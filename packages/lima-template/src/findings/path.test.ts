import { expect, test } from "vitest";
import { formatPath, isAtOrBelow } from "./path.ts";

test.each([
  [[], "(template)"],
  [["images", 0, "digest"], "images[0].digest"],
  [["mounts", 1, "9p", "cache"], "mounts[1].9p.cache"],
  [["param", "odd key"], 'param["odd key"]'],
])("%j is written %s", (path, text) => {
  expect(formatPath(path)).toBe(text);
});

test("at or below", () => {
  expect(isAtOrBelow(["a", 0, "b"], ["a", 0])).toBe(true);
  expect(isAtOrBelow(["a"], ["a"])).toBe(true);
  expect(isAtOrBelow(["a"], ["a", 0])).toBe(false);
  expect(isAtOrBelow(["b", 0], ["a"])).toBe(false);
});
