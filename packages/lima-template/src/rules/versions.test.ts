import { expect, test } from "vitest";
import { isOlder, parseVersion } from "./versions.ts";

test("three numbers, whatever follows", () => {
  expect(parseVersion("2.2.0")).toEqual([2, 2, 0]);
  expect(parseVersion("v1.1.0-beta.1")).toEqual([1, 1, 0]);
  expect(parseVersion("1.1")).toBeUndefined();
  expect(parseVersion("next")).toBeUndefined();
});

test("older by number, not by letter", () => {
  expect(isOlder("1.9.0", "1.10.0")).toBe(true);
  expect(isOlder("1.10.0", "1.9.0")).toBe(false);
  expect(isOlder("2.0.0", "2.0.0")).toBe(false);
  expect(isOlder("<unknown>", "2.0.0")).toBe(false);
});
