import { readFile } from "node:fs/promises";
import { join } from "node:path";

import { machineErrorCodes } from "@sysinit-internal/machine";
import { parseConfig, projectErrorCodes } from "@sysinit-internal/project";
import { expect, it } from "vitest";

import { leaves } from "../src/man/manual-page.ts";
import { createProgram } from "../src/program.ts";
import { commandTable } from "../src/program/command-table.ts";

const readme = await readFile(join(import.meta.dirname, "../README.md"), "utf8");

it("the table of errors is complete", () => {
  const rows = [...readme.matchAll(/^\| `([A-Z_]+)` \| (.*) \|$/gm)].map(([, code, meaning]) => [
    code,
    meaning,
  ]);
  expect(Object.fromEntries(rows)).toEqual({ ...projectErrorCodes, ...machineErrorCodes });
});

it("the table of commands is complete", () => {
  const table = readme.slice(0, readme.indexOf("## A project's VM"));
  for (const { path } of leaves(commandTable(createProgram())))
    expect(table).toMatch(new RegExp(`^\\|.*\`${path.join(" ")}[ \`]`, "m"));
});

it("the configuration that it shows is valid", () => {
  const [, yaml] = /```yaml\n([^]*?)```/.exec(readme)!;
  expect(() => parseConfig(yaml!, "lima-cli.yaml")).not.toThrow();
});
