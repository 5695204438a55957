import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";

import { faultNumbers, faults } from "./faults.ts";

test("the table of faults has each number once, in order", () => {
  const { first, last } = faultNumbers;
  const numbers = Array.from({ length: last - first + 1 }, (_, index) => first + index);
  expect(faults.map(({ number }) => number)).toEqual(numbers);
});

test.each(faults.map((fault) => [fault.number, fault.fault, fault] as const))(
  "fault %d, %s, is held by tests that are there",
  (_, __, { tests }) => {
    expect(tests.length).toBeGreaterThan(0);
    for (const [file, title] of tests) {
      const text = readFileSync(join(import.meta.dirname, file), "utf8");
      expect(text, `${file} has no test ${JSON.stringify(title)}`).toContain(`${JSON.stringify(title)},`);
    }
  },
);
