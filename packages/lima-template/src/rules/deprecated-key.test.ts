import { expect, test } from "vitest";
import { deprecatedKey } from "./deprecated-key.ts";
import { said } from "./testing.ts";

test("keys that Lima has deprecated", () => {
  const yaml =
    "cpuType: {x86_64: max}\nrosetta: {enabled: true}\nprovision: [{mode: ansible, playbook: a.yml}]";
  expect(said(deprecatedKey, yaml)).toEqual([
    "warning cpuType",
    "warning rosetta",
    "warning provision[0].mode",
  ]);
  expect(said(deprecatedKey, "vmOpts: {qemu: {cpuType: {x86_64: max}}}")).toEqual([]);
});
