import { Document, parse } from "yaml";
import { expect, test } from "vitest";
import { parseTemplateDocument } from "../document/parse-template-document.ts";
import { renderDocument } from "./render-document.ts";

const rendered = (text: string) => renderDocument(parseTemplateDocument(text).document ?? new Document());

test("a template that is well laid out comes out as it went in", () => {
  const text = `# about the file

# about processors
cpus: 2 # how many
images:
  # the first
  - location: "/a"
    arch: x86_64
env: {A: 'b'}
provision:
  - script: |
      #!/bin/sh
      echo "a long line that goes on and on and on and on and on and on and on and on and on and on and on and on"
`;
  expect(rendered(text)).toBe(text);
});

test("nothing is folded", () => {
  const long = `echo ${"word ".repeat(60)}end`;
  const text = renderDocument(new Document({ message: long, provision: [{ script: `${long}\nsecond\n` }] }));
  expect(text.split("\n")[0]).toBe(`message: ${long}`);
  expect(rendered(`message: >\n  one\n  two\n`)).toBe("message: |\n  one two\n");
});

test("anchors and aliases are gone", () => {
  expect(rendered("env: &a {A: b}\nparam: *a\n")).toBe("env: {A: b}\nparam: {A: b}\n");
});

test.each([
  "yes",
  "Off",
  "0644",
  "1_000",
  "12:30",
  "2026-01-01",
  "0x1f",
  "-0x1F",
  "-0b11",
  "+0o17",
  "1e3",
  "",
  "null",
  "~",
  "- x",
  "a: b",
  "#!",
  "a\nb",
  " a ",
])("the text %j is text for every parser", (text) => {
  const out = renderDocument(new Document({ message: text }));
  expect(parse(out)).toEqual({ message: text });
  expect(parse(out, { version: "1.1" })).toEqual({ message: text });
});

test("numbers stay as they were written", () => {
  const text = "env: {A: 0644, B: 12345678901234567890, C: 1.50, D: 1_000, E: -0x1F, F: .inf}\n";
  expect(rendered(text)).toBe(text);
  expect(rendered("env: {A: 08, B: 1e3}\n")).toBe('env: {A: "08", B: "1e3"}\n');
});

test.each(["\u2028", "\u2029", "\ufffe", "\uffff", "\u0085", "\u007f", "\ufeff", "\u001b", "\r", "\ud800"])(
  "the character %j is an escape within quotes, in keys as well",
  (character) => {
    const text = `a${character}b\n`;
    const out = renderDocument(new Document({ env: { [text]: text } }));
    expect(out).toMatch(/^[ -~\n]*$/);
    expect(parse(out)).toEqual({ env: { [text]: text } });
  },
);

test("what was read with an escape is rendered with one", () => {
  expect(rendered('env: {"a\\u2028": "\\L", B: "\\ufffe"}\n')).toBe(
    'env: {"a\\u2028": "\\u2028", B: "\\ufffe"}\n',
  );
});

test("a block that begins with a tab comes out in quotes", () => {
  expect(rendered("message: |2\n  \tall:\n  b\n")).toBe('message: "\\tall:\\nb\\n"\n');
});

test("a comment on an alias or a merge stays", () => {
  expect(rendered("env: &a {A: b}\nhostResolver:\n  hosts: *a # same\n")).toBe(
    "env: {A: b}\nhostResolver:\n  hosts: {A: b} # same\n",
  );
  expect(
    rendered(
      "env: &a\n  A: b\n  B: c\nhostResolver:\n  hosts:\n    # above\n    <<: *a # merged\n    C: d\n",
    ),
  ).toBe(
    "env:\n  A: b\n  B: c\nhostResolver:\n  hosts:\n    # above\n    # merged\n    A: b\n    B: c\n    C: d\n",
  );
});

test("versions and addresses need no quotes", () => {
  expect(renderDocument(new Document({ minimumLimaVersion: "1.1.0", dns: ["1.1.1.1"] }))).toBe(
    "minimumLimaVersion: 1.1.0\ndns:\n  - 1.1.1.1\n",
  );
});

test("an empty template is an empty text", () => {
  expect(renderDocument(new Document({}))).toBe("");
  expect(renderDocument(new Document(null))).toBe("");
});
