import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { limaTemplateErrorCodes } from "../failures/error-codes.ts";
import { findingCodes } from "./codes.ts";

const source = globSync("**/*.ts", { cwd: join(import.meta.dirname, "..") })
  .filter((file) => !file.endsWith(".test.ts") && !/codes\.ts$/.test(file))
  .map((file) => readFileSync(join(import.meta.dirname, "..", file), "utf8"))
  .join("\n");

const used = new Set([...source.matchAll(/"([A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+)"/g)].map((match) => match[1]));
// Codes of the yaml package that are translated to ours, and a prefix of Lima's variables.
for (const foreign of ["DUPLICATE_KEY", "MULTIPLE_DOCS", "TAB_AS_INDENT", "BAD_DIRECTIVE", "LIMA_CIDATA"])
  used.delete(foreign);

test("the two tables name the codes that are used, all of them and no others", () => {
  const table = [...Object.keys(findingCodes), ...Object.keys(limaTemplateErrorCodes)];
  expect([...used].sort()).toEqual(table.sort());
});

test("every meaning is one sentence", () => {
  for (const meaning of Object.values({ ...findingCodes, ...limaTemplateErrorCodes })) {
    expect(meaning).toMatch(/^[^\n]+\.$/);
  }
});
