import { readFileSync } from "node:fs";
import { join } from "node:path";
import { readmeExample, runExample } from "@sysinit-internal/testing";
import { expect, test } from "vitest";

import * as api from "../src/index.ts";
import { sha256Of, writeImage } from "./images.ts";
import { temporaryDirectory } from "./temporary-directory.ts";

const packageDirectory = join(import.meta.dirname, "..");
const readme = join(packageDirectory, "README.md");

test("the README's example runs as it stands, in a home with a space", async () => {
  const home = temporaryDirectory();
  const image = writeImage(join(home, "nixos.qcow2"));
  const env = { HOME: home, LIMA_HOME: "", IMAGE: image };
  const run = await runExample({ packageDirectory, code: readmeExample(readme, "Use"), env });
  expect([run.exitCode, run.stderr]).toEqual([0, expect.stringMatching(/^\d+ of \d+ bytes\n/)]);
  const lines = run.stdout.split("\n");
  expect(lines[0]).toMatch(/^installed 1 .*\/\.lima\/_images\/sysinit-lima-minimal-\d{8}-\d{6}\.qcow2$/);
  expect(run.stdout).toContain(`sha256:${sha256Of(image)}`);
  expect(lines.slice(-3)).toEqual(["whole", "[ 'lima-minimal 1' ]", ""]);
});

test("the README's table of errors is complete and says what the code says", () => {
  const rows = [...readFileSync(readme, "utf8").matchAll(/^\| `([A-Z_]+)` \| (.+) \|$/gm)].map((row) => [
    row[1],
    row[2],
  ]);
  expect(rows).toEqual(Object.entries(api.imageStoreErrorCodes));
});

test("the README names every verb", () => {
  const text = readFileSync(readme, "utf8");
  const verbs = Object.entries(api).filter(([, value]) => typeof value === "function");
  for (const [verb] of verbs) expect(text).toContain(`\`${verb}`);
});
