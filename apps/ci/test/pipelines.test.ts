import { readFile } from "node:fs/promises";
import { join } from "node:path";

import { expect, it } from "vitest";
import { parse } from "yaml";

import { createProgram } from "../src/program.ts";

const root = join(import.meta.dirname, "../../..");
const files = ["action.yml", ".github/workflows/lima-ci.yml", "apps/ci/pipelines/gitlab.yml"];
const ours = createProgram().commands.flatMap(({ options }) => options.map(({ long }) => long));
const others = [
  ...["--yes", "--no-install-recommends", "--reload-rules", "--name-match"],
  ...[
    "--fail",
    "--silent",
    "--show-error",
    "--location",
    "--output",
    "--extract",
    "--gzip",
    "--file",
    "--directory",
  ],
];

it.each(files)(
  "%s is YAML, and every option in it is one of lima-ci or of a tool that it calls",
  async (file) => {
    const text = await readFile(join(root, file), "utf8");
    parse(text);
    const used = [...new Set(text.match(/(?<=[\s(])--[a-z][a-z-]+/g))];
    expect(used.filter((option) => !ours.includes(option) && !others.includes(option))).toEqual([]);
  },
);

it("no input of the action or the workflow is read as a part of a script", async () => {
  for (const file of files.slice(0, 2)) {
    const text = await readFile(join(root, file), "utf8");
    const scripts = [...text.matchAll(/^( +)(?:- )?run: \|\n((?:\1 .*\n|\n)+)/gm)].map(
      ([, , script]) => script!,
    );
    expect(scripts.length).toBeGreaterThan(0);
    for (const script of scripts) expect(script).not.toContain("${{");
  }
});
