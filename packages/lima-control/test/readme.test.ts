import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";

import * as api from "@sysinit/lima-control";

const packageDirectory = join(import.meta.dirname, "..");
const readme = readFileSync(join(packageDirectory, "README.md"), "utf8");

test("the README's tables of codes are complete and say what the code says", () => {
  const rows = [...readme.matchAll(/^\| `([A-Z_]+)`\s+\| (.+?)\s+\|$/gm)].map((row) => [row[1], row[2]]);
  expect(rows).toEqual([
    ...Object.entries(api.limaControlErrorCodes),
    ...Object.entries(api.causeCodes),
    ...Object.entries(api.hostProblemCodes),
  ]);
});

test("every code is one that something ends with", () => {
  const sources = readdirSync(join(packageDirectory, "src"), { recursive: true, encoding: "utf8" })
    .filter((file) => /(?<!\.test)\.ts$/.test(file) && !file.endsWith("error-codes.ts"))
    .map((file) => readFileSync(join(packageDirectory, "src", file), "utf8"))
    .join("\n");
  for (const code of [...Object.keys(api.limaControlErrorCodes), ...Object.keys(api.hostProblemCodes)]) {
    expect(sources).toContain(`"${code}"`);
  }
});

test("the README names everything that can be called", () => {
  const functions = Object.entries(api).filter(([, value]) => typeof value === "function");
  for (const [name] of functions) expect(readme).toContain(`\`${name}`);
  for (const name of Object.keys(api.probes)) expect(readme).toMatch(new RegExp(`\`(?:probes)?\\.${name}\``));
});
