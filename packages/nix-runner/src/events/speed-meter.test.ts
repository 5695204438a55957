import { expect, test } from "vitest";

import { SpeedMeter } from "./speed-meter.ts";

function after(...samples: [atMs: number, bytes: number][]): number | undefined {
  const meter = new SpeedMeter();
  for (const [atMs, bytes] of samples) meter.sample(atMs, bytes);
  return meter.bytesPerSecond;
}

test("nothing is told before a second has passed", () => {
  expect(after()).toBeUndefined();
  expect(after([0, 0], [999, 5000])).toBeUndefined();
});

test("bytes in a second", () => {
  expect(after([0, 0], [2000, 5000])).toBe(2500);
});

test("only the last five seconds count, so that what stands still is at 0", () => {
  const stalled = Array.from({ length: 7 }, (_, index): [number, number] => [1000 * (index + 1), 1_000_000]);
  expect(after([0, 0], ...stalled)).toBe(0);
});

test("few samples are enough", () => {
  expect(after([0, 0], [10_000, 10_000], [20_000, 30_000])).toBe(2000);
});
