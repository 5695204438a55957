import { expect, test } from "vitest";

import { LogTails } from "./log-tails.ts";

test("the last 200 lines of a derivation are kept", () => {
  const tails = new LogTails();
  for (let line = 0; line < 1000; line++) tails.push("a", String(line));
  expect(tails.of("a")).toHaveLength(200);
  expect(tails.of("a").at(-1)).toBe("999");
  expect(tails.of("b")).toEqual([]);
});

test("of many derivations those that wrote last are kept", () => {
  const tails = new LogTails();
  tails.push("first", "one");
  for (let index = 0; index < 63; index++) tails.push(`other ${index}`, "line");
  tails.push("first", "two");
  tails.push("new", "line");
  expect(tails.of("first")).toEqual(["one", "two"]);
  expect(tails.of("other 0")).toEqual([]);
});
