import { readFileSync } from "node:fs";
import { join } from "node:path";
import { readmeExample, runExample } from "@sysinit-internal/testing";
import { expect, test } from "vitest";
import { limaTemplateErrorCodes } from "../src/index.ts";

const packageDirectory = join(import.meta.dirname, "..");
const readme = join(packageDirectory, "README.md");

test("the example of the README runs and prints what it says", async () => {
  const { exitCode, stdout, stderr } = await runExample({ packageDirectory, code: readmeExample(readme) });
  expect(exitCode, stderr).toBe(0);
  const promised = readmeExample(readme)
    .split("\n")
    .filter((line) => line.startsWith("// ") && !line.includes("…"))
    .map((line) => line.slice(3))
    .join("\n");
  expect(stdout).toContain(promised);
  expect(stdout).toContain("error[PROBE_WITHOUT_SHEBANG] probes[0].script");
  expect(stdout).toMatch(/^minimumLimaVersion: 1\.1\.0\ncpus: 2\n/m);
});

test("the README names every error", () => {
  const text = readFileSync(readme, "utf8");
  for (const code of Object.keys(limaTemplateErrorCodes)) expect(text).toContain(`\`${code}\``);
});
