import { readdirSync } from "node:fs";
import { join } from "node:path";

import { describe, expect, it } from "vitest";

import { formatSuiteFinding, readSuite } from "../src/suite/index.ts";
import { rules } from "../src/suite/rules/index.ts";

/** The findings of a suite, as a person reads them. */
function findings(text: string): string[] {
  return readSuite(text, "lima-ci.yaml").findings.map(formatSuiteFinding);
}

/** The first lines of the findings about one check. */
function ofCheck(check: string): string[] {
  return findings(`name: x\nchecks:\n  - ${check}\n`).map((finding) => finding.split("\n")[0]!);
}

it("says where a mistake is, shows the line, and what was probably meant", () => {
  expect(findings("name: x\nchecks:\n  - builtin: vm.whoami\n    need: [a]\n")).toEqual([
    [
      "lima-ci.yaml:4:5: error: checks[0].need: unknown key `need`",
      "      need: [a]",
      "      ^",
      "  hint: did you mean `needs`?",
    ].join("\n"),
  ]);
});

it("finds all mistakes in one go, in the order of the file", () => {
  const text =
    "name: x\nlimits: {bootSeconds: -1}\nfixtures: [{from: a}]\nchecks:\n  - port: 0\n  - unit: a b\n";
  expect(findings(text).map((finding) => finding.split(" error: ")[0])).toEqual([
    "lima-ci.yaml:2:23:",
    "lima-ci.yaml:3:12:",
    "lima-ci.yaml:5:11:",
    "lima-ci.yaml:6:11:",
  ]);
});

describe("a check", () => {
  it.each([
    ["comand: [ls]", "checks[0]: is no check: one of builtin, command, script, unit, port, file is needed"],
    ["{command: [ls], id: a, unit: b}", "checks[0]: command and unit are two checks"],
    ["{command: ls, id: a}", "checks[0].command: must be a list, is the text `ls`"],
    ["command: [ls]", "checks[0].id: `id` is missing"],
    ["{command: [], id: a}", "checks[0].command: must not be empty"],
    [
      "{command: [ls], id: a b}",
      "checks[0].id: must be letters, digits and . _ : @ / -, without spaces, is the text `a b`",
    ],
    ["{command: [ls], id: a, status: 256}", "checks[0].status: must be 255 at most, is `256`"],
    ["{command: [ls], id: a, stdout: {contain: x}}", "checks[0].stdout.contain: unknown key `contain`"],
    [
      "{command: [ls], id: a, stdout: {matches: '('}}",
      "checks[0].stdout.matches: must be a regular expression of JavaScript, is the text `(`",
    ],
    ["{file: etc}", "checks[0].file: must be an absolute path of the guest, is the text `etc`"],
    ["{file: /etc, mode: 644}", "checks[0].mode: must be a text, is `644`"],
    ["{file: /etc, absent: true, mode: '0644'}", "checks[0].mode: a file that is absent has no mode"],
    ["{port: 70000}", "checks[0].port: must be 65535 at most, is `70000`"],
    ["{port: 80, timeoutSeconds: 0}", "checks[0].timeoutSeconds: must be more than 0, is `0`"],
    ["{port: 80, needs: [gone]}", "checks[0].needs[0]: no check is called gone"],
    ["7", "checks[0]: must be a mapping with one of builtin, command, script, unit, port, file"],
  ])("%s is refused", (check, message) => {
    expect(ofCheck(check)).toEqual([expect.stringContaining(`error: ${message}`)]);
  });
});

describe("needs", () => {
  it("must stand before the check", () => {
    const text = "name: x\nchecks:\n  - {port: 1, needs: ['port:2']}\n  - {port: 2}\n";
    expect(findings(text)).toEqual([
      expect.stringContaining("3:23: error: checks[0].needs[0]: port:2 does not stand before it"),
    ]);
  });

  it("must be made before the check, which a group that begins earlier is not", () => {
    const text =
      "name: x\nchecks:\n  - {port: 1, group: g}\n  - {port: 2}\n  - {port: 3, group: g, needs: ['port:2']}\n";
    expect(findings(text)).toEqual([expect.stringContaining("port:2 is made after group g")]);
  });
});

describe("the suite as a whole", () => {
  it.each([
    ["", "1:1: error: a suite is a mapping with `name` and `checks`"],
    ["- a\n", "1:1: error: a suite is a mapping with `name` and `checks`"],
    ["name: [\n", "error: Flow sequence in block collection must be"],
    ["name: x\nname: y\nchecks: [{port: 1}]\n", "2:1: error: Map keys must be unique"],
    ["name: x\n", "1:1: error: checks: `checks` is missing"],
    ["name: x\nlimit: {}\nchecks: [{port: 1}]\n", "2:1: error: limit: unknown key `limit`"],
    [
      "name: x\nlimits: {imageBytes: 2GB}\nchecks: [{port: 1}]\n",
      "2:22: error: limits.imageBytes: must be bytes, or a size as 900MiB or 2GiB",
    ],
    ["name: x\nimage: {fil: a}\nchecks: [{port: 1}]\n", "2:9: error: image.fil: unknown key `fil`"],
    [
      "name: x\nchecks: [{port: 1}, {port: 1}]\n",
      "2:21: error: checks[1]: port:1 is the id of checks[0] already",
    ],
    [
      "name: x\nimage: a\nmatrix: {image: [b]}\nchecks: [{port: 1}]\n",
      "3:10: error: matrix.image: there is `image` already",
    ],
    [
      "name: x\nmatrix: {image: ['.#a', 'b#a']}\nchecks: [{port: 1}]\n",
      "2:1: error: matrix: two cells are called a",
    ],
    [
      "name: x\nmatrix: {vmType: [vz], exclude: [{vmType: vz}]}\nchecks: [{port: 1}]\n",
      "2:33: error: matrix.exclude: leaves no cell",
    ],
    [
      "name: x\nmatrix: {vmType: [vz]}\nchecks: [{script: a, id: vz}]\n",
      "2:1: error: matrix: vz is the id of a cell and of a check",
    ],
    [`${"[".repeat(20_000)}\n`, "error: "],
    [
      "a: &a [x, x]\nb: &b [*a, *a, *a]\nc: &c [*b, *b, *b, *b]\nd: [*c, *c, *c, *c, *c, *c, *c]\n",
      "error: Excessive alias count",
    ],
  ])("%j is refused", (text, message) => {
    expect(findings(text)[0]).toContain(message);
  });
});

it("every rule is in the list", () => {
  const files = readdirSync(join(import.meta.dirname, "../src/suite/rules")).filter(
    (file) => !["index.ts", "rule.ts"].includes(file),
  );
  expect(rules).toHaveLength(files.length);
});

it("control characters of a file do not reach a terminal", () => {
  const [finding] = findings('name: x\nchecks:\n  - unit: "\u001b[31m"\n');
  expect(finding).not.toContain("\u001b");
});
