import { readFileSync } from "node:fs";
import { join } from "node:path";
import { readmeExample, runExample } from "@sysinit-internal/testing";
import { expect, test } from "vitest";
import { limaTemplateErrorCodes, readTemplate } from "../src/index.ts";
import { differencesTable } from "./differences-table.ts";

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

test("the example of building runs, and the values in it are data", async () => {
  const { exitCode, stdout, stderr } = await runExample({
    packageDirectory,
    code: readmeExample(readme, "Building templates"),
  });
  expect(exitCode, stderr).toBe(0);
  const { template, findings } = readTemplate({ text: stdout });
  expect(
    template?.value.provision?.map(({ mode }) => mode),
    JSON.stringify(findings),
  ).toEqual(["system", "data", "yq"]);
  expect(template?.value.provision?.[0]?.script).toMatch(/^#!\/bin\/sh\necho 'it'/);
  expect(findings.filter(({ code }) => code === "TEMPLATE_FIELD_UNKNOWN")).toEqual([]);
});

test("the example of composing runs", async () => {
  const { exitCode, stdout, stderr } = await runExample({
    packageDirectory,
    code: readmeExample(readme, "Composing"),
    env: { TEMPLATE: join(packageDirectory, "../../lima/templates/minimal.yaml") },
  });
  expect(exitCode, stderr).toBe(0);
  expect(stdout).toContain("images:");
});

test("the README has the table of differences", () => {
  const [, table] =
    /<!-- differences -->\n([^]*?)\n<!-- \/differences -->/.exec(readFileSync(readme, "utf8")) ?? [];
  expect(table).toBe(differencesTable());
});

test("the README names every error", () => {
  const text = readFileSync(readme, "utf8");
  for (const code of Object.keys(limaTemplateErrorCodes)) expect(text).toContain(`\`${code}\``);
});
