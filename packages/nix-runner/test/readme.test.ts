import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";

import * as api from "../src/index.ts";

const text = readFileSync(join(import.meta.dirname, "../README.md"), "utf8");

test("the README's table of errors is complete and says what the code says", () => {
  const rows = [...text.matchAll(/^\| `([A-Z_]+)` +\| (.+?) +\|$/gm)].map((row) => [row[1], row[2]]);
  expect(rows).toEqual(Object.entries(api.nixRunnerErrorCodes));
});

test("the README names every verb", () => {
  const verbs = Object.entries(api).filter(
    ([name, value]) => typeof value === "function" && /^[a-z]/.test(name),
  );
  expect(verbs.length).toBeGreaterThan(0);
  for (const [verb] of verbs) expect(text).toContain(`\`${verb}(`);
});
