import { expect, test } from "vitest";
import { mountTypeExcluded, mountTypeUnsupported } from "./mount-type.ts";
import { said } from "./testing.ts";

test.each([
  ["vz", "9p"],
  ["qemu", "wsl2"],
  ["wsl2", "virtiofs"],
])("%s cannot mount with %s", (vmType, mountType) => {
  expect(said(mountTypeUnsupported, `vmType: ${vmType}\nmountType: ${mountType}`)).toEqual([
    "error mountType",
  ]);
});

test("what a driver can do, or is not known, is not said", () => {
  expect(said(mountTypeUnsupported, "vmType: vz\nmountType: virtiofs")).toEqual([]);
  expect(said(mountTypeUnsupported, "mountType: 9p")).toEqual([]);
  expect(said(mountTypeUnsupported, "vmType: vz\nmounts: [{location: /a, 9p: {cache: mmap}}]")).toEqual([]);
});

test("a mount type must not be among those that the image does not support", () => {
  expect(said(mountTypeExcluded, "mountType: 9p\nmountTypesUnsupported: [9p]")).toEqual(["error mountType"]);
  expect(said(mountTypeExcluded, "mountType: virtiofs\nmountTypesUnsupported: [9p]")).toEqual([]);
});
