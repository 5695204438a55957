import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";

import { readmeExample, runExample } from "./index.ts";

const text = "# A\n```sh\n# Use\n```ts\n```\n```ts\none();\n```\n## Use\nText\n\n```ts\ntwo();\n```\n";

function readme(): string {
  const directory = mkdtempSync(join(tmpdir(), "sysinit-readme-"));
  onTestFinished(() => rmSync(directory, { recursive: true }));
  writeFileSync(join(directory, "README.md"), text);
  return join(directory, "README.md");
}

test("the first ts block is the example", () => {
  expect(readmeExample(readme())).toBe("one();\n");
});

test("a heading chooses the block below it, not a comment that looks like one", () => {
  expect(readmeExample(readme(), "Use")).toBe("two();\n");
});

test("a README without the example fails", () => {
  expect(() => readmeExample(readme(), "Missing")).toThrow("Missing");
});

test("an example runs with types, in the package that it is of", async () => {
  const packageDirectory = join(import.meta.dirname, "..");
  const code =
    'import { runExample } from "@sysinit-internal/testing";\nconst n: string = runExample.name;\nconsole.log(n);\n';
  expect(await runExample({ packageDirectory, code })).toMatchObject({ exitCode: 0, stdout: "runExample\n" });
  expect(await runExample({ packageDirectory, code: "process.exit(3)" })).toMatchObject({ exitCode: 3 });
});
