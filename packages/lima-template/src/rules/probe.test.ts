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

test("Lima does not embed the file of a probe", () => {
  expect(said(probeFile, "probes: [{file: probe.sh}]")).toEqual(["error probes[0].file"]);
});
