import { expect, test } from "vitest";
import { said } from "./testing.ts";
import { templateSyntax } from "./template-syntax.ts";

test("braces that do not close", () => {
  expect(said(templateSyntax, 'provision: [{script: "echo {{.User"}]')).toEqual([
    "warning provision[0].script",
  ]);
  expect(said(templateSyntax, 'mounts: [{location: "/{{"}]')).toEqual(["warning mounts[0].location"]);
});

test("whatever else Go cannot read leaves Lima's own fields unfilled", () => {
  const script = (text: string) => said(templateSyntax, `provision: [{script: "${text}"}]`);
  expect(script("docker inspect --format '{{json .State}}'; echo {{.User}}")).toEqual([
    "warning provision[0].script",
  ]);
  expect(script("echo {{ {{.User}}")).toEqual(["warning provision[0].script"]);
  expect(script("{{if .Param.A}}echo {{.User}}")).toEqual(["warning provision[0].script"]);
});

test("a text for another program alone is left as it is meant", () => {
  const script = (text: string) => said(templateSyntax, `provision: [{script: "${text}"}]`);
  expect(script("docker inspect --format '{{json .State}}'")).toEqual([]);
  expect(script("docker inspect --format '{{.Name}} {{json .State}}'")).toEqual([]);
});

test("what Go knows by itself is fine", () => {
  const text = String.raw`{{/* json */}}{{- if eq .User "json" | not}}{{printf "%s" (index .Param "A")}}{{else if true}}{{end -}}`;
  expect(said(templateSyntax, `provision: [{script: '${text}{{.User}}'}]`)).toEqual([]);
  expect(
    said(templateSyntax, `message: '${text}{{range $i, $x := .Config.Mounts}}{{$x.Location}}{{end}}'`),
  ).toEqual([]);
});

test("in the message they break the instance", () => {
  expect(said(templateSyntax, 'message: "{{"')).toEqual(["error message"]);
  expect(said(templateSyntax, 'message: "{{nosuch}}"')).toEqual(["error message"]);
  expect(said(templateSyntax, 'message: "{{.Name}}"')).toEqual([]);
});
