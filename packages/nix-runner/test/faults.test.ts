import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";

import { faults } from "./faults.ts";

const repository = join(import.meta.dirname, "../../..");

test("the table has every fault from 1 to 39, each held by a test", () => {
  expect(Object.keys(faults).map(Number)).toEqual(Array.from({ length: 39 }, (_, index) => index + 1));
  expect(Object.values(faults).filter(({ held }) => held.length === 0)).toEqual([]);
});

test.each(Object.entries(faults))("each test that the table names for fault %s is there", (_, { held }) => {
  for (const [file, title] of held) {
    const text = readFileSync(join(repository, file), "utf8");
    expect(text, `${file} has no such test`).toContain(`${JSON.stringify(title)},`);
  }
});
