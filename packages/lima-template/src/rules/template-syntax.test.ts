import { expect, test } from "vitest";
import { said } from "./testing.ts";
import { templateSyntax } from "./template-syntax.ts";

test("braces that do not close", () => {
  expect(said(templateSyntax, 'provision: [{script: "echo {{ {{.User}}"}]')).toEqual([]);
  expect(said(templateSyntax, 'provision: [{script: "echo {{.User"}]')).toEqual([
    "warning provision[0].script",
  ]);
  expect(said(templateSyntax, 'mounts: [{location: "/{{"}]')).toEqual(["warning mounts[0].location"]);
});

test("in the message they break the instance", () => {
  expect(said(templateSyntax, 'message: "{{"')).toEqual(["error message"]);
  expect(said(templateSyntax, 'message: "{{.Name}}"')).toEqual([]);
});
