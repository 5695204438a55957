import { expect, test } from "vitest";
import { templateFieldUnknown } from "./template-field-unknown.ts";
import { said } from "./testing.ts";

test("braces that were meant literally are lost", () => {
  const yaml = 'provision: [{script: "docker ps --format {{.Names}}"}]';
  expect(said(templateFieldUnknown, yaml)).toEqual(["warning provision[0].script"]);
});

test("fields of host and guest differ", () => {
  expect(said(templateFieldUnknown, 'mounts: [{location: "{{.Dir}}/x", mountPoint: "{{.Dir}}"}]')).toEqual([
    "warning mounts[0].mountPoint",
  ]);
});

test("known fields and escaped braces are fine", () => {
  const yaml = 'provision: [{script: "{{.Home}} {{- .User }} {{\\"{{\\"}}.Names}}"}]';
  expect(said(templateFieldUnknown, yaml)).toEqual([]);
});

test("where Go cannot read the text nothing is lost", () => {
  const yaml = "provision: [{script: \"docker ps --format '{{.Names}} {{json .Labels}}'\"}]";
  expect(said(templateFieldUnknown, yaml)).toEqual([]);
});
