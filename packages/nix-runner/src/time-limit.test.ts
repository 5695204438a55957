import { afterEach, beforeEach, expect, test, vi } from "vitest";

import { TimeLimit } from "./time-limit.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test("only the time in which it runs counts", () => {
  const reached = vi.fn();
  const limit = new TimeLimit(1000, reached);
  limit.run();
  vi.advanceTimersByTime(600);
  limit.hold();
  vi.advanceTimersByTime(5000);
  limit.run();
  limit.run();
  vi.advanceTimersByTime(399);
  expect(reached).not.toHaveBeenCalled();
  vi.advanceTimersByTime(1);
  expect(reached).toHaveBeenCalledOnce();
});

test("one that is held is never reached", () => {
  const reached = vi.fn();
  const limit = new TimeLimit(1000, reached);
  limit.run();
  limit.hold();
  limit.hold();
  vi.advanceTimersByTime(5000);
  expect(reached).not.toHaveBeenCalled();
});
