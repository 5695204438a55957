import { expect, test } from "vitest";
import { piecesOf } from "./pieces.ts";

test("texts and actions in turn", () => {
  expect(piecesOf("a {{ .B }} c{{.D | print}}")).toEqual([
    { kind: "text", text: "a " },
    { kind: "action", text: ".B" },
    { kind: "text", text: " c" },
    { kind: "action", text: ".D | print" },
  ]);
});

test("a hyphen takes blanks away, a comment itself", () => {
  expect(piecesOf("a \n{{- .B -}} c {{- /* }} */ -}} d{{/**/}}")).toEqual([
    { kind: "text", text: "a" },
    { kind: "action", text: ".B" },
    { kind: "text", text: "c" },
    { kind: "text", text: "d" },
  ]);
});

test("braces within quotes end nothing", () => {
  expect(piecesOf('{{"}}"}}{{`}}`}}')).toEqual([
    { kind: "action", text: '"}}"' },
    { kind: "action", text: "`}}`" },
  ]);
});

test.each([
  ["a {{ b", { kind: "unclosed" }],
  ["a {{ }} b", { kind: "unclosed" }],
  ['{{"a}}', { kind: "unclosed" }],
  ["{{.A | json}}", { kind: "function", name: "json" }],
  ["{{-.A}}", { kind: "action", text: "-.A" }],
  ["{{/* a */ }}", { kind: "action", text: "/* a */" }],
  ["{{ {{.A}}", { kind: "action", text: "{{.A" }],
  ["{{if .A}}", { kind: "end" }],
  ["{{else}}", { kind: "action", text: "else" }],
  ["{{end}}", { kind: "action", text: "end" }],
])("Go refuses %s", (text, refusal) => {
  expect(piecesOf(text)).toEqual(refusal);
});

test("a text of braces or blanks alone takes no time", () => {
  const started = performance.now();
  piecesOf("{{".repeat(100_000));
  piecesOf("{{/*".repeat(100_000));
  piecesOf(`{{.A}}${" ".repeat(200_000)}{{- .A}}`);
  piecesOf("{{.A}}".repeat(50_000));
  expect(performance.now() - started).toBeLessThan(2000);
});
