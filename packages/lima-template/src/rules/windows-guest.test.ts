import { expect, test } from "vitest";
import { said } from "./testing.ts";
import { windowsGuest } from "./windows-guest.ts";

test("Windows runs under QEMU, on two architectures", () => {
  expect(said(windowsGuest, "os: Windows\nvmType: vz\narch: riscv64")).toEqual([
    "error vmType",
    "error arch",
  ]);
  expect(said(windowsGuest, "os: Windows\nvmType: qemu\narch: aarch64")).toEqual([]);
  expect(said(windowsGuest, "os: Linux\nvmType: vz")).toEqual([]);
});
