import { expect, test } from "vitest";
import { paramName, paramUndefined, paramUnused } from "./param.ts";
import { said } from "./testing.ts";

test("names and values that Lima refuses", () => {
  expect(said(paramName, 'param: {1st: a, good: "a\\nb", fine: a}')).toEqual([
    "error param.1st",
    "error param.good",
  ]);
});

test.each(["\\u00a0", "\\u200b", "\\u00ad", "\\u3000", "\\ue000"])("%s cannot be printed", (character) => {
  expect(said(paramName, `param: {A: "a${character}b"}`)).toEqual(["error param.A"]);
});

test("letters and signs of the world can", () => {
  expect(said(paramName, 'param: {A: "é 漢 \\U0001F600 \\ufffd\\t"}')).toEqual([]);
});

test("a playbook may use any parameter", () => {
  expect(said(paramUnused, "param: {A: x}\nprovision: [{mode: ansible, playbook: /a.yaml}]")).toEqual([]);
});

test("a parameter that only the message uses is unused for Lima", () => {
  const yaml = 'param: {WHO: me}\nmessage: "{{.Param.WHO}}"';
  expect(said(paramUnused, yaml)).toEqual(["error param.WHO"]);
});

test.each([
  'provision: [{script: "echo $PARAM_WHO"}]',
  'probes: [{script: "#!/bin/sh\\n{{ .Param.WHO }}"}]',
  'mounts: [{location: "/srv/{{.Param.WHO}}"}]',
  'portForwards: [{guestSocket: /run/x, hostSocket: "{{.Param.WHO}}"}]',
  'copyToHost: [{guest: "/{{.Param.WHO}}", host: /x}]',
])("it is used by %s", (use) => {
  expect(said(paramUnused, `param: {WHO: me}\n${use}`)).toEqual([]);
});

test("a longer name is not a use", () => {
  expect(said(paramUnused, 'param: {A: x}\nprovision: [{script: "echo $PARAM_AB"}]')).toEqual([
    "error param.A",
  ]);
});

test("a parameter that is used but not defined becomes <no value>", () => {
  const yaml = 'provision: [{script: "echo {{.Param.WHO}} {{.Param.WHO}}"}]';
  expect(said(paramUndefined, yaml)).toEqual(["warning provision[0].script"]);
  expect(said(paramUndefined, `param: {WHO: me}\n${yaml}`)).toEqual([]);
});

test("at the start of a path it makes the path useless", () => {
  expect(said(paramUndefined, 'mounts: [{location: /srv, mountPoint: "{{.Param.WHERE}}/a"}]')).toEqual([
    "error mounts[0].mountPoint",
  ]);
  expect(said(paramUndefined, 'mounts: [{location: "{{.Home}}/{{.Param.WHERE}}"}]')).toEqual([
    "warning mounts[0].location",
  ]);
  const either = "{{if .Param.WHERE}}/a{{else}}/b{{end}}";
  expect(said(paramUndefined, `mounts: [{location: "${either}"}]`)).toEqual(["warning mounts[0].location"]);
});
