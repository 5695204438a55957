import { afterEach, beforeEach, expect, test, vi } from "vitest";

import { Pacer } from "./pacer.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test("the first is told at once, the rest ten times a second, the last not forgotten", () => {
  const emit = vi.fn();
  const pacer = new Pacer(emit, 100);
  vi.advanceTimersByTime(1000);
  pacer.touch();
  expect(emit).toHaveBeenCalledTimes(1);
  for (let ms = 0; ms < 1000; ms++) {
    vi.advanceTimersByTime(1);
    pacer.touch();
  }
  expect(emit).toHaveBeenCalledTimes(11);
  pacer.touch();
  vi.advanceTimersByTime(100);
  expect(emit).toHaveBeenCalledTimes(12);
});

test("nothing is told after the stop", () => {
  const emit = vi.fn();
  const pacer = new Pacer(emit, 100);
  pacer.touch();
  pacer.touch();
  pacer.stop();
  vi.advanceTimersByTime(1000);
  expect(emit).toHaveBeenCalledTimes(1);
});
