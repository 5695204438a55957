import { expect, test } from "vitest";
import { formatSize, parseSize } from "./parse-size.ts";

test.each([
  ["4GiB", 4 * 1024 ** 3],
  ["4 GiB", 4 * 1024 ** 3],
  ["4g", 4 * 1024 ** 3],
  ["4GB", 4 * 1024 ** 3],
  ["4.5GiB", 4.5 * 1024 ** 3],
  [".5k", 512],
  ["512MiB", 512 * 1024 ** 2],
  ["1T", 1024 ** 4],
  ["3", 3],
  ["3b", 3],
  ["+1e3", 1000],
])("%s is %i bytes", (text, bytes) => {
  expect(parseSize(text)).toBe(bytes);
});

test.each(["", "GiB", "-1", "4 gigs", "4GiBs", "4  GiB", "4x", "4ib", "4GiB ", "0x10", "1,5GiB", "1e400"])(
  "%j is no size",
  (text) => {
    expect(parseSize(text)).toBeUndefined();
  },
);

test("sizes for people", () => {
  expect(formatSize(20 * 1024 ** 3)).toBe("20GiB");
  expect(formatSize(4.9 * 1024 ** 3)).toBe("4.9GiB");
  expect(formatSize(3 * 1024 ** 2)).toBe("3MiB");
  expect(formatSize(12)).toBe("12B");
});
