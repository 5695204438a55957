import { expect, test } from "vitest";

import { TailBuffer } from "../src/index.ts";

test.each([0, 1, 5, 7, 64])("the last %d bytes are kept, however they are cut into chunks", (maxBytes) => {
  for (const sizes of [[1], [3, 0, 4], [10], [100], [2, 50, 1]]) {
    const tail = new TailBuffer(maxBytes);
    let all = "";
    for (let index = 0; all.length < 150; index += 1) {
      const size = sizes[index % sizes.length]!;
      const chunk = Array.from({ length: size }, (_, at) =>
        String.fromCharCode(97 + ((all.length + at) % 26)),
      );
      all += chunk.join("");
      tail.push(Buffer.from(chunk.join("")));
      expect(tail.toString()).toBe(maxBytes === 0 ? "" : all.slice(-maxBytes));
      expect(tail.truncated).toBe(all.length > maxBytes);
    }
  }
});

test("small chunks cost no more when it is full", () => {
  const tail = new TailBuffer(8 * 1024 * 1024);
  const chunk = Buffer.from("0123456789");
  const begun = performance.now();
  for (let count = 0; count < 1_000_000; count += 1) tail.push(chunk);
  // Two milliseconds each would be more than five minutes for those that come when it is full.
  expect(performance.now() - begun).toBeLessThan(10_000);
  expect(tail.toString()).toHaveLength(8 * 1024 * 1024);
});
