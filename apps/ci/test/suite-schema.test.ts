import { readFile } from "node:fs/promises";
import { join } from "node:path";

import { readSuite, suiteJsonSchema } from "@sysinit-internal/acceptance/suite";
import { Ajv } from "ajv";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";

import schema from "../suite.schema.json" with { type: "json" };

const validate = new Ajv({ strict: true, allowUnionTypes: true }).compile(schema);

it("suite.schema.json is what the zod schema says; `pnpm schema` writes it", () => {
  expect(schema).toEqual(JSON.parse(JSON.stringify(suiteJsonSchema())));
});

it("every key says what it is for", () => {
  const silent: string[] = [];
  const visit = (node: object, path: string) => {
    for (const [key, inner] of Object.entries((node as { properties?: object }).properties ?? {})) {
      if (!("description" in inner)) silent.push(`${path}${key}`);
    }
    for (const [key, inner] of Object.entries(node)) {
      if (typeof inner === "object" && inner !== null) visit(inner as object, `${path}${key}.`);
    }
  };
  visit(schema, "");
  expect(silent).toEqual([]);
});

describe("an editor and lima-ci agree on", () => {
  it.each([
    "name: x\nchecks: [{port: 80}]",
    "name: x\nchecks: [{port: 0}]",
    "name: x\nchecks: []",
    "name: x\nchecks: [{prt: 80}]",
    "name: x\nchecks: [{port: 80, unit: a}]",
    "name: x\nchecks: [{command: [a]}]",
    "name: x\nchecks: [{command: [a], id: a, stdout: {matches: a}}]",
    "name: x\nimage: {stored: a}\nchecks: [{builtin: vm.whoami}]",
    "name: x\nchecks: [{builtin: files.guide}]",
    "name: x\nmatrix: {arch: [riscv64]}\nchecks: [{port: 80}]",
    "name: x\nlimits: {imageBytes: 2GB}\nchecks: [{port: 80}]",
    "name: x\nlimits: {imageBytes: 2GiB, bootSeconds: {hardware: 30}}\nchecks: [{port: 80}]",
    "name: x\nsetup: [{script: a, user: root}]\nchecks: [{port: 80}]",
    "name: x\nsetup: [{script: a, user: me}]\nchecks: [{port: 80}]",
  ])("%j", (text) => {
    expect(validate(parse(text))).toBe(readSuite(text, "lima-ci.yaml").suite !== undefined);
  });
});

it("the README's suite has no mistakes", async () => {
  const readme = await readFile(join(import.meta.dirname, "../README.md"), "utf8");
  const suites = [...readme.matchAll(/^```yaml\n(# yaml-language-server[\s\S]*?)^```$/gm)].map(
    ([, text]) => text!,
  );
  expect(suites.length).toBeGreaterThan(0);
  for (const text of suites) {
    expect(readSuite(text, "README.md").findings).toEqual([]);
    expect(validate(parse(text)), JSON.stringify(validate.errors)).toBe(true);
  }
});
