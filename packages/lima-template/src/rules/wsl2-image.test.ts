import { expect, test } from "vitest";
import { said } from "./testing.ts";
import { wsl2Image } from "./wsl2-image.ts";

test("WSL2 takes archives, no disk images", () => {
  expect(said(wsl2Image, "vmType: wsl2\nimages: [{location: /a.qcow2}, {location: /a.tar.gz}]")).toEqual([
    "error images[0].location",
  ]);
  expect(said(wsl2Image, "vmType: qemu\nimages: [{location: /a.qcow2}]")).toEqual([]);
});

test("images of other architectures are not looked at", () => {
  const yaml = "vmType: wsl2\narch: x86_64\nimages: [{location: /a.qcow2, arch: aarch64}]";
  expect(said(wsl2Image, yaml)).toEqual([]);
});
