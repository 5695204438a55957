import { expect, test } from "vitest";
import { probeFile, probeWithoutShebang } from "./probe.ts";
import { said } from "./testing.ts";

test("a script of a probe begins with #!", () => {
  expect(said(probeWithoutShebang, 'probes: [{script: "ssh 127.0.0.1 true"}]')).toEqual([
    "error probes[0].script",
  ]);
  expect(said(probeWithoutShebang, "probes: [{description: nothing to run}]")).toEqual([
    "error probes[0].script",
  ]);
  expect(said(probeWithoutShebang, 'probes: [{script: " #!/bin/sh"}]')).toEqual(["error probes[0].script"]);
  expect(said(probeWithoutShebang, 'probes: [{script: "#!/bin/sh\\ntrue"}]')).toEqual([]);
});

test("Lima looks for it in the text that it has filled in", () => {
  const script = (text: string) =>
    said(probeWithoutShebang, `param: {A: "#!/bin/sh"}\nprobes: [{script: '${text}'}]`);
  expect(script('{{"#!"}}/bin/sh')).toEqual([]);
  expect(script("{{.Param.A}}")).toEqual([]);
  expect(script("{{if .User}}#!/bin/sh{{end}}")).toEqual([]);
  expect(script("{{.Param.B}}")).toEqual(["error probes[0].script"]);
  expect(script("{{.User}}")).toEqual(["error probes[0].script"]);
});

test("Lima does not embed the file of a probe", () => {
  expect(said(probeFile, "probes: [{file: probe.sh}]")).toEqual(["error probes[0].file"]);
});
