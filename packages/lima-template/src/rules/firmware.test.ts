import { expect, test } from "vitest";
import { firmwareUnsupported } from "./firmware.ts";
import { said } from "./testing.ts";

test("vz takes no firmware, except what is meant for others", () => {
  const images = "firmware: {images: [{location: /a}, {location: /b, vmType: qemu}]}";
  expect(said(firmwareUnsupported, `vmType: vz\n${images}`)).toEqual(["error firmware.images[0]"]);
  expect(said(firmwareUnsupported, `vmType: qemu\n${images}`)).toEqual([]);
});

test("a BIOS where there is none is ignored", () => {
  const bios = "firmware: {legacyBIOS: true}";
  expect(said(firmwareUnsupported, `vmType: vz\n${bios}`)).toEqual(["warning firmware.legacyBIOS"]);
  expect(said(firmwareUnsupported, `arch: aarch64\n${bios}`)).toEqual(["warning firmware.legacyBIOS"]);
  expect(said(firmwareUnsupported, `arch: x86_64\n${bios}`)).toEqual([]);
});
