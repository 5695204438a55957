import { expect, it } from "vitest";

import { formatBytes, formatSeconds } from "../src/units.ts";

it.each([
  [0, "0 B"],
  [1023, "1023 B"],
  [1536, "1.5 KiB"],
  [684 * 1024 ** 2, "684 MiB"],
  [20 * 1024 ** 3, "20.0 GiB"],
])("%i bytes read as %s", (bytes, text) => {
  expect(formatBytes(bytes)).toBe(text);
});

it.each([
  [0.04, "0.0 s"],
  [9.94, "9.9 s"],
  [75.4, "75 s"],
  [125, "2 min 05 s"],
])("%d seconds read as %s", (seconds, text) => {
  expect(formatSeconds(seconds)).toBe(text);
});
