import { expect, test } from "vitest";
import { mostBytes, parseTemplateDocument } from "./parse-template-document.ts";
import { toPlain } from "./to-plain.ts";
import type { Node } from "yaml";

const said = (text: string) =>
  parseTemplateDocument(text, "a.yaml").findings.map((f) => `${f.line}:${f.column} ${f.severity} ${f.code}`);
const plain = (text: string) => toPlain(parseTemplateDocument(text).document?.contents as Node);

test.each([
  ["a key twice", "cpus: 1\nmemory: 2GiB\ncpus: 2\n", "3:1 error YAML_DUPLICATE_KEY"],
  ["a tab", "ssh:\n\tlocalPort: 0\n", "2:1 error YAML_TAB"],
  ["a second document", "cpus: 1\n---\ncpus: 2\n", "2:1 error YAML_MULTIPLE_DOCUMENTS"],
  ["a bracket that is not closed", "images: [{location: /a}\n", "2:1 error YAML_SYNTAX"],
  ["a list", "- a\n", "1:1 error YAML_SYNTAX"],
  ["text", "hello\n", "1:1 error YAML_SYNTAX"],
  ["an alias without anchor", "cpus: *x\n", "1:7 error YAML_UNKNOWN_ALIAS"],
  ["an anchor that contains its alias", "env: &x {A: *x}\n", "1:13 error YAML_UNKNOWN_ALIAS"],
  ["a tag", "cpus: !mine 2\n", "1:7 warning YAML_TAG"],
  ["a directive that does not exist", "%FOO bar\n---\ncpus: 2\n", "1:1 error YAML_SYNTAX"],
  ["a byte order mark", "\uFEFFcpus: 1\n", "1:1 error YAML_CHARACTER"],
  ["a control character in a comment", "cpus: 1\n# \u001b\n", "2:3 error YAML_CHARACTER"],
  ["half a character", "env: {A: 'a\ud800'}\n", "1:12 error YAML_CHARACTER"],
  ["a key that is a list", "[a, b]: 1\n", "1:1 error YAML_SYNTAX"],
])("%s is a finding at its place", (_what, text, expected) => {
  expect(said(text)).toEqual([expected]);
});

test("findings have one line of message and the line of the text", () => {
  const [finding] = parseTemplateDocument("cpus: 1\ncpus: 2\n", "a.yaml").findings;
  expect(finding).toEqual({
    severity: "error",
    code: "YAML_DUPLICATE_KEY",
    path: "(template)",
    message: "`cpus` is already a key of this mapping",
    hint: "keep one of the two",
    file: "a.yaml",
    line: 2,
    column: 1,
    sourceLine: "cpus: 2",
  });
});

test("aliases that expand to more than any template needs", () => {
  const level = (name: string, of: string) => `  ${name}: &${name} [${Array(10).fill(of).join(", ")}]\n`;
  const bomb = `env:\n  a: &a [x]\n${level("b", "*a")}${level("c", "*b")}${level("d", "*c")}${level("e", "*d")}${level("f", "*e")}`;
  expect(parseTemplateDocument(bomb).findings.map((finding) => finding.code)).toEqual(["YAML_ALIAS_BOMB"]);
});

test("brackets without end", () => {
  const { document, findings } = parseTemplateDocument("[".repeat(100_000));
  expect(document).toBeUndefined();
  expect(findings.map((finding) => finding.code)).toContain("YAML_SYNTAX");
});

test("a text that is too large is not parsed", () => {
  expect(said(`message: ${"x".repeat(mostBytes)}`)).toEqual(["1:1 error YAML_TOO_LARGE"]);
});

test("zero bytes and other noise are findings", () => {
  expect(said("\u0000\u0001")).not.toEqual([]);
  expect(parseTemplateDocument("\u0000").document).toBeUndefined();
});

test("a written null is no template for limactl", () => {
  for (const text of ["null\n", "~\n"]) expect(said(text)).toEqual(["1:1 error YAML_SYNTAX"]);
});

test("empty texts are empty templates", () => {
  for (const text of ["", "\n", "# only a comment\n", "---\n"]) {
    expect(said(text)).toEqual([]);
    expect(plain(text)).toBeNull();
  }
});

test("aliases and merges are written out", () => {
  const text = `
mounts:
  - &common {location: /a, writable: true}
  - <<: *common
    mountPoint: /b
  - *common
`;
  expect(plain(text)).toEqual({
    mounts: [
      { location: "/a", writable: true },
      { location: "/a", writable: true, mountPoint: "/b" },
      { location: "/a", writable: true },
    ],
  });
  expect(String(parseTemplateDocument(text).document)).not.toMatch(/[&*]common/);
});

test("a merge in quotes is a key", () => {
  expect(plain("env: {'<<': x}\n")).toEqual({ env: { "<<": "x" } });
});

test.each(["x", "", "~", "[x]"])("a merge of what is no mapping: %j", (what) => {
  expect(said(`env: {<<: ${what}}\n`)).toEqual([expect.stringMatching(/^1:\d+ error YAML_MERGE$/)]);
});

test("in an open mapping the later of an own key and a merged one wins", () => {
  const hosts = (inner: string) =>
    (plain(`env: &x {A: a}\nhostResolver: {hosts: {${inner}}}\n`) as { hostResolver: { hosts: unknown } })
      .hostResolver.hosts;
  expect(hosts("<<: *x, A: b")).toEqual({ A: "b" });
  expect(hosts("A: b, <<: *x")).toEqual({ A: "a" });
  expect(said("env: {<<: [{A: a}, {A: b}]}\n")).toEqual([expect.stringContaining("YAML_MERGE_CLASH")]);
  expect(said("vmOpts: {qemu: {<<: {cpuType: {}}, cpuType: {}}}\n")).toEqual([]);
});

test("a merge that brings a key that is written out is refused by Lima", () => {
  expect(said("mounts:\n- &x {location: /a}\n- <<: *x\n  location: /b\n")).toEqual([
    "4:3 error YAML_MERGE_CLASH",
  ]);
});

test("keys are text, values have the types of YAML 1.2", () => {
  expect(plain("env: {1: a, yes: no, true: b}\ncpus: 010\nplain: True\n")).toEqual({
    env: { 1: "a", yes: "no", true: "b" },
    cpus: 8,
    plain: true,
  });
});

test("a tab within text that has no quotes is lost, as it is in limactl", () => {
  const { findings } = parseTemplateDocument("message: a\tb\nprovision: [{script: 'a\tb'}]\n");
  expect(findings.map(({ code, line }) => [code, line])).toEqual([["YAML_TAB_LOST", 1]]);
  expect(plain("message: a\tb\n")).toEqual({ message: "ab" });
  expect(plain("message: |\n  a\tb\n")).toEqual({ message: "a\tb\n" });
});

test("keys that are numbers are the text that limactl makes of them", () => {
  expect(plain("env: {0644: a, 08: b, 1.50: c, '010': d}\n")).toEqual({
    env: { 420: "a", "08": "b", 1.5: "c", "010": "d" },
  });
});

test("what `%YAML` says changes nothing", () => {
  expect(plain("%YAML 1.1\n---\nplain: yes\ncpus: 2\n")).toEqual({ plain: "yes", cpus: 2 });
});

test("digits with underscores between are a number, as for limactl", () => {
  expect(plain("memory: 1_000\ndisk: '1_000'\n")).toEqual({ memory: 1000, disk: "1_000" });
});

test("Windows line ends do no harm", () => {
  const { findings } = parseTemplateDocument("cpus: 1\r\ncpus: 2\r\n");
  expect(findings).toMatchObject([{ line: 2, column: 1, sourceLine: "cpus: 2" }]);
});

test("binary text is text", () => {
  expect(plain("message: !!binary aGVsbG8=\n")).toEqual({ message: "hello" });
});
