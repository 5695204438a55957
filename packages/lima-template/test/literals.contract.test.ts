import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { parse } from "yaml";
import { defineTemplate, literal, shell, yq, type ProvisionDefinition, type YqValue } from "../src/index.ts";
import { findLimactls, run, temporaryFolder, type Limactl } from "./limactls.ts";

const folder = temporaryFolder();
afterAll(folder.remove);

const seed = Number(process.env["MUTATION_SEED"] ?? 2026);

/** Texts with much in them that is code to somebody. */
const code = fc.constantFrom(
  "{{",
  "}}",
  "{",
  "{{.Home}}",
  "'",
  '"',
  "\\",
  "$(id)",
  "`",
  "\\(.a)",
  "%",
  "#",
  ": ",
  "- ",
  "&a",
  "*a",
  "\n",
  " ",
  "\t",
  "é",
  "😀",
);
const values = fc.sample(
  fc
    .array(fc.oneof(code, fc.string({ maxLength: 5 })), { maxLength: 6 })
    .map((parts) => parts.join("").replaceAll("\0", "")),
  { numRuns: 300, seed },
);

/** A template's provision entries as Lima fills them in. */
async function filled(limactl: Limactl, provision: ProvisionDefinition[]): Promise<Record<string, string>[]> {
  const template = defineTemplate({ images: [{ location: "/etc/profile" }], provision });
  const file = join(folder.path, "literals.yaml");
  writeFileSync(file, template.render());
  const { stdout, stderr, exitCode } = await run(
    limactl,
    ["validate", "--fill", file],
    join(folder.path, "home"),
  );
  expect(exitCode, stderr).toBe(0);
  return (parse(stdout) as { provision: Record<string, string>[] }).provision;
}

describe.each(findLimactls())(`values are data for limactl $version (seed ${seed})`, (limactl) => {
  // Between other characters, because `validate --fill` itself does not print blanks at the ends well.
  test("in the content of a file", async () => {
    const entries = values.map((value): ProvisionDefinition => ({
      mode: "data",
      path: "/a",
      content: `a${literal(value)}{b`,
    }));
    const contents = (await filled(limactl, entries)).map(({ content }) => content);
    expect(contents).toEqual(values.map((value) => `a${value}{b`));
  });

  test("in a script", async () => {
    const entries = values.map((value): ProvisionDefinition => ({ script: shell`printf %s ${value}; true` }));
    const scripts = (await filled(limactl, entries)).map(({ script }) => script ?? "");
    const said = scripts.map((script) => execFileSync("/bin/sh", ["-c", script], { encoding: "utf8" }));
    expect(said).toEqual(values);
  });
});

describe.each(findLimactls().filter(({ version }) => !version.startsWith("1.")))(
  "yq of limactl $version",
  (limactl) => {
    const file = join(folder.path, "empty.yaml");
    beforeAll(() => writeFileSync(file, "a: 1\n"));

    test.each<YqValue>([
      'a" | del(.a)',
      "\\(.a)",
      "{{.Home}}",
      "",
      "é\n",
      1.5,
      true,
      null,
      [1, "a"],
      { "k y": ["{{"] },
    ])("%j is data", async (value) => {
      const expression = yq`.b = ${value}`;
      expect(expression).not.toContain("{");
      const { stdout, stderr } = await run(
        limactl,
        ["template", "yq", file, expression],
        join(folder.path, "home"),
      );
      expect((parse(stdout) as { b: unknown }).b, stderr).toEqual(value);
    });
  },
);
