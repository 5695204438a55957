import { expect, test } from "vitest";
import { ignoredByDriver } from "./ignored-by-driver.ts";
import { said } from "./testing.ts";

test("qemu has no vzNAT", () => {
  expect(said(ignoredByDriver, "vmType: qemu\nnetworks: [{vzNAT: true}]")).toEqual([
    "warning networks[0].vzNAT",
  ]);
  expect(said(ignoredByDriver, "vmType: vz\nnetworks: [{vzNAT: true}]")).toEqual([]);
});

test("vz has none of QEMU's devices", () => {
  expect(said(ignoredByDriver, "vmType: vz\naudio: {device: alsa}\nvideo: {display: vnc}")).toEqual([
    "warning audio.device",
    "warning video.display",
  ]);
  expect(said(ignoredByDriver, "vmType: vz\naudio: {device: vz}\nvideo: {display: none}")).toEqual([]);
});
