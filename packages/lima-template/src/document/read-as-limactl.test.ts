import { expect, test } from "vitest";
import type { Node } from "yaml";
import { parseTemplateDocument } from "./parse-template-document.ts";
import { toPlain } from "./to-plain.ts";

const said = (text: string) =>
  parseTemplateDocument(text).findings.map((f) => `${f.line}:${f.column} ${f.code}`);
const message = (text: string) =>
  (toPlain(parseTemplateDocument(text).document?.contents as Node) as { message: unknown }).message;

test.each([
  ["message: |\n  a", "a"],
  ["message: |\n  a\n", "a\n"],
  ["message: |\n  a\n  ", "a\n"],
  ["message: |+\n  a\n\n  b", "a\n\nb"],
  ["message: >\n  a\n  b\n  c", "a b\nc"],
  ["message: >\n  a\n\n  b", "a\n\nb"],
  ["message: >\n  a", "a"],
  ["message: >\n  a\n  b\n", "a b\n"],
])("a block at the end of a text, with and without the end of its line: %j", (text, expected) => {
  expect(message(text)).toBe(expected);
});

test.each([
  ['message: "x\r\n    y"\r\n', "x\ny"],
  ["message: 'x  \r\n\r\n    y'\r\n", "x\n\n\ny"],
  ["message: 'x\r\n    y\n    z'\n", "x\ny z"],
  ['message: "x\\\r\n    y"\r\n', "xy"],
  ["message: x\r\n  y\r\n", "x y"],
  ["message: 'x\n    y'\n", "x y"],
])("Windows line ends are kept within quotes: %j", (text, expected) => {
  expect(message(text)).toBe(expected);
});

test.each([
  ["an empty line with a tab", "cpus: 2\n\t\nmemory: 1GiB\n", ["2:1 YAML_TAB"]],
  ["a comment behind a tab", "cpus: 2\n\t# c\n", ["2:1 YAML_TAB"]],
  ["such a line in a flow mapping", "env: {A: b,\n\t\n  B: c}\n", []],
  ["a block that begins with a tab", "message: |\n  \ta\n", ["1:10 YAML_TAB"]],
  ["one after an empty line", "message: >-\n\n  \ta\n", ["1:10 YAML_TAB"]],
  ["one that says how far it is indented", "message: |2\n  \ta\n", []],
  ["a tab further down", "message: |\n  a\n  \tb\n", []],
  ["a tab in double quotes in a flow mapping", 'env: {A: "a\tb"}\n', ["1:10 YAML_TAB"]],
  ["in a key", '"a\tb": c\n', ["1:1 YAML_TAB"]],
  ["in other quotes", "message: \"a\tb\"\nenv: {A: 'a\tb'}\n", []],
])("tabs: %s", (_what, text, expected) => {
  expect(said(text)).toEqual(expected);
});

test.each([
  ["a slash", 'message: "a\\/b"\n', ["1:10 YAML_ESCAPE"]],
  ["half characters", 'env: {"\\ud83d\\ude00": x}\n', ["1:7 YAML_ESCAPE"]],
  ["no escapes at all", "message: 'a\\/b \\ud83d'\n", []],
  ["a backslash before them", 'message: "\\\\/ \\\\ud83d"\n', []],
  ["others", 'message: "\\e\\x41\\u0041\\U0001F600\\L\\_"\n', []],
])("escapes: %s", (_what, text, expected) => {
  expect(said(text)).toEqual(expected);
});

test.each([
  ["a mapping with a tag", "env: !!map {A: b}\n", ["1:12 YAML_TAG"]],
  ["a list with a tag", "mounts: !!seq []\n", []],
  ["an anchor without a value", "cpus: &a\nmemory: *a\n", ["1:9 YAML_SYNTAX"]],
  ["an empty key", "env: {? : x}\n", ["1:9 YAML_SYNTAX"]],
  ["an empty key in quotes", "env: {'': x}\n", []],
])("%s", (_what, text, expected) => {
  expect(said(text)).toEqual(expected);
});

test("what is nested too deeply to be rendered is not read", () => {
  const nested = (depth: number) => `vmOpts: {wsl2: ${"{a: ".repeat(depth)}b${"}".repeat(depth)}}\n`;
  expect(said(nested(190))).toEqual([]);
  expect(said(nested(250))).toEqual([expect.stringContaining("YAML_SYNTAX")]);
});
