import { expect, it } from "vitest";

import { formatDuration, parseDuration } from "../src/index.ts";

it.each([
  ["90s", 90_000],
  ["10m", 600_000],
  ["1h30m", 5_400_000],
  ["7d", 604_800_000],
])("%s is %i milliseconds", (text, ms) => {
  expect(parseDuration(text)).toBe(ms);
});

it.each(["", "2", "h", "2h 3m", "1m1h", "-1h", "0s", "1.5h"])("%j is no duration", (text) => {
  expect(parseDuration(text)).toBeUndefined();
});

it.each([
  [0, "0s"],
  [50_400, "50s"],
  [3_600_000, "1h"],
  [5_430_000, "1h30m"],
  [277_200_000, "3d5h"],
])("%i milliseconds read as %s", (ms, text) => {
  expect(formatDuration(ms)).toBe(text);
});
