import { readFileSync } from "node:fs";
import { join } from "node:path";
import { readmeExample, runExample } from "@sysinit-internal/testing";
import { expect, test } from "vitest";

import * as api from "../src/index.ts";
import { useImage } from "../src/index.ts";
import { rules } from "../src/repair/rules/index.ts";
import { sha256Of, writeImage } from "./images.ts";
import { name, storeWith } from "./store.ts";
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

test("the README's example of rollback and pruning runs as it stands", async () => {
  const { home, directory } = await storeWith(5);
  await useImage({ directory, name, generation: 3 });
  const code = readmeExample(readme, "Keep what is needed, remove the rest");
  const run = await runExample({ packageDirectory, code, env: { HOME: home, LIMA_HOME: home } });
  expect([run.exitCode, run.stderr]).toEqual([0, ""]);
  expect(run.stdout.split("\n")).toEqual([
    "from generation 3 back to 2",
    "keep lima-minimal 5 newest young",
    "keep lima-minimal 4 newest young",
    "keep lima-minimal 3 young",
    "keep lima-minimal 2 current newest young",
    "keep lima-minimal 1 newest young",
    "0 removed, 0 failed",
    "",
  ]);
});

test("the README's tables name each reason to keep an image, each reference and each kind of repair", () => {
  const text = readFileSync(readme, "utf8");
  const keepReasons = ["current", "newest", "young", "needed", "no-current"] satisfies api.KeepReason[];
  const kinds = [
    "disk",
    "location",
    "digest",
    "hard-link",
    "open-file",
  ] satisfies api.ImageReference["kind"][];
  for (const word of [...keepReasons, ...kinds, "leftover", ...rules.map(({ kind }) => kind)])
    expect(text).toContain(`| \`${word}\` |`);
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
