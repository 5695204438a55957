import { expect, test } from "vitest";

import { remainingMs, type RemainingWork } from "./remaining-time.ts";

const left = (work: Partial<RemainingWork>) =>
  remainingMs({ leftBytes: 0, bytesPerSecond: undefined, running: [], waiting: [], ...work });

test("nothing to do is not told as no time", () => {
  expect(left({})).toBeUndefined();
});

test("a download at its present speed", () => {
  expect(left({ leftBytes: 5000, bytesPerSecond: 1000 })).toBe(5000);
  expect(left({ leftBytes: 5000 })).toBeUndefined();
  expect(left({ leftBytes: 5000, bytesPerSecond: 0 })).toBeUndefined();
});

test("what runs and what comes after it, each as long as usual", () => {
  expect(left({ running: [{ elapsedMs: 400, usualMs: 1000 }], waiting: [2000] })).toBe(2600);
});

test("several at once share what is left, but the longest has to end", () => {
  const running = [
    { elapsedMs: 0, usualMs: 1000 },
    { elapsedMs: 0, usualMs: 3000 },
  ];
  expect(left({ running })).toBe(3000);
  expect(left({ running, waiting: [4000] })).toBe(4000);
});

test("first the download, then the builds", () => {
  expect(left({ leftBytes: 1000, bytesPerSecond: 1000, waiting: [2000] })).toBe(3000);
});

test("one that takes longer than usual may end at any time", () => {
  expect(left({ running: [{ elapsedMs: 5000, usualMs: 1000 }] })).toBe(0);
});

test("one that was never built makes a guess of the whole", () => {
  expect(left({ running: [{ elapsedMs: 400 }], waiting: [2000] })).toBeUndefined();
  expect(left({ waiting: [2000, undefined] })).toBeUndefined();
});
