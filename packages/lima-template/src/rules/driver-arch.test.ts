import { expect, test } from "vitest";
import { driverArch } from "./driver-arch.ts";
import { said } from "./testing.ts";

test("vz runs only what a Mac is", () => {
  expect(said(driverArch, "vmType: vz\narch: riscv64")).toEqual(["error arch"]);
  expect(said(driverArch, "vmType: vz\narch: aarch64")).toEqual([]);
  expect(said(driverArch, "vmType: qemu\narch: riscv64")).toEqual([]);
});
