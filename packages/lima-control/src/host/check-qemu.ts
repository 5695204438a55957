import { findExecutable, runProcess } from "@sysinit-internal/process";

import { qemuOf } from "../accelerator/qemu-variable.ts";
import { detectAccelerator } from "../detect-accelerator.ts";
import { findFirmware } from "./firmware.ts";
import type { HostCheck, HostProblem } from "./host-problem.ts";
import { findVersion, isOlder } from "./version.ts";

// Under emulation 7.2 crashes a recent kernel on two processors; seen with a 6.12 guest, and not with 10.0.
const oldestVersion = "8.0";

/** QEMU, its tools, its firmware and KVM. On macOS VMs run without it. */
export const checkQemu: HostCheck = async ({ env, platform, arch, signal }) => {
  if (platform === "darwin") return [];
  const problems: HostProblem[] = [];
  const program = qemuOf(arch, env);
  const qemu = findExecutable(program, { env });
  if (qemu === undefined) {
    problems.push({
      code: "QEMU_NOT_FOUND",
      tool: "qemu",
      severity: "error",
      message: `${program} is not there`,
      hint: "Install QEMU: package qemu-system (Debian), qemu-system-x86 (Fedora), qemu-full (Arch).",
    });
  } else {
    const outcome = await runProcess({ file: qemu, args: ["--version"], env, timeoutMs: 30_000, signal });
    const version = findVersion(outcome.stdout);
    if (version === undefined || isOlder(version, oldestVersion)) {
      problems.push({
        code: "QEMU_TOO_OLD",
        tool: "qemu",
        severity: "error",
        message:
          version === undefined
            ? `${qemu} does not tell its version`
            : `QEMU ${version} is too old, ${oldestVersion} or newer is needed`,
        hint: "Install a newer QEMU; Debian 12 has one in bookworm-backports.",
        found: version ?? qemu,
      });
    }
    if ((await findFirmware(qemu, arch, env["HOME"])) === undefined) {
      problems.push({
        code: "FIRMWARE_NOT_FOUND",
        tool: "firmware",
        severity: "error",
        message: `there is no UEFI firmware for ${arch} where limactl looks for it`,
        hint: "Install package ovmf (Debian, x86_64), qemu-efi-aarch64 (Debian, aarch64), edk2-ovmf (Fedora, Arch).",
      });
    }
    const accelerator = await detectAccelerator({ arch, env, platform });
    if (!accelerator.hardware) {
      problems.push({
        code: "KVM_UNUSABLE",
        tool: "kvm",
        severity: "warning",
        message: `VMs will be about ten times slower, ${accelerator.reason}`,
        hint: "Give your user access to /dev/kvm: sudo usermod -aG kvm $USER, then log in again.",
      });
    }
  }
  if (findExecutable("qemu-img", { env }) === undefined) {
    problems.push({
      code: "QEMU_IMG_NOT_FOUND",
      tool: "qemu-img",
      severity: "error",
      message: "qemu-img is not on PATH",
      hint: "Install package qemu-utils (Debian), qemu-img (Fedora, Arch).",
    });
  }
  return problems;
};
