import { expect, test } from "vitest";

import { acceleratorsOf, programOf } from "./accelerator/qemu-variable.ts";
import { decideAccelerator, detectAccelerator, hostArch } from "./detect-accelerator.ts";

const native = { arch: "x86_64", variable: "QEMU_SYSTEM_X86_64", chosen: undefined, asked: undefined };
const unusable = {
  usable: false,
  why: "/dev/kvm exists but may not be opened by this user (EACCES)",
} as const;

test("a KVM that works is used as it is", () => {
  expect(decideAccelerator(native, { usable: true })).toEqual({
    kind: "kvm",
    hardware: true,
    reason: "/dev/kvm works",
    env: {},
  });
});

test("a KVM that does not means emulation, told to limactl, and why in one line", () => {
  expect(decideAccelerator(native, unusable)).toEqual({
    kind: "tcg",
    hardware: false,
    reason: "emulation: /dev/kvm exists but may not be opened by this user (EACCES)",
    env: { QEMU_SYSTEM_X86_64: "qemu-system-x86_64 -machine q35,accel=tcg,vmport=off -cpu max" },
  });
});

test("a variable that the user has set is kept", () => {
  for (const [chosen, asked, said] of [
    ["my-qemu", undefined, "names no accelerator and is kept"],
    ["qemu -machine q35,accel=kvm:tcg", ["kvm", "tcg"], "allows emulation"],
  ] as const) {
    const decided = decideAccelerator({ ...native, chosen, asked: asked && [...asked] }, unusable);
    expect(decided).toMatchObject({ kind: "tcg", env: {}, reason: expect.stringContaining(said) });
  }
});

test("a guest of another architecture is emulated by limactl itself", async () => {
  const arch = hostArch() === "aarch64" ? "x86_64" : "aarch64";
  expect(await detectAccelerator({ arch })).toMatchObject({
    kind: "tcg",
    env: {},
    reason: expect.stringContaining(arch),
  });
});

test("a variable that asks for emulation needs no proof", async () => {
  const env = {
    QEMU_SYSTEM_X86_64: "/nowhere/qemu -accel tcg",
    QEMU_SYSTEM_AARCH64: "/nowhere/qemu -accel tcg",
  };
  expect(await detectAccelerator({ platform: "linux", env })).toMatchObject({
    kind: "tcg",
    env: {},
    reason: expect.stringContaining("asks for tcg"),
  });
});

test("on macOS the platform says it", async () => {
  expect(await detectAccelerator({ platform: "darwin" })).toMatchObject({
    kind: "vz",
    hardware: true,
    env: {},
  });
});

test.each([
  ["qemu-system-x86_64 -machine q35,accel=tcg,vmport=off -cpu max", "qemu-system-x86_64", ["tcg"]],
  ["qemu -machine q35,accel=kvm:tcg", "qemu", ["kvm", "tcg"]],
  ["  qemu -accel tcg,thread=multi", "qemu", ["tcg"]],
  ["'/opt/my qemu/bin/qemu' -cpu max", "/opt/my qemu/bin/qemu", undefined],
  ['"/opt/my \\"qemu" -cpu max', '/opt/my "qemu', undefined],
  ["/opt/my\\ qemu/qemu", "/opt/my qemu/qemu", undefined],
  ["", undefined, undefined],
])("%s", (value, program, accelerators) => {
  expect(programOf(value)).toBe(program);
  expect(acceleratorsOf(value)).toEqual(accelerators);
});
