import { access, constants } from "node:fs/promises";

import { runProcess } from "@sysinit-internal/process";

import { oneLine } from "../limactl/log-line.ts";

/** Whether KVM works, and if not, why. */
export type KvmProof = { usable: true } | { usable: false; why: string };

/**
 * Has QEMU make a VM with KVM and end at once, since a /dev/kvm that exists may not be opened, and one that can be
 * opened may still not make VMs. `-machine none` needs neither firmware nor memory; it takes some 30 ms.
 */
export async function proveKvm(
  qemu: string,
  env: Readonly<Record<string, string | undefined>>,
): Promise<KvmProof> {
  try {
    await access("/dev/kvm", constants.R_OK | constants.W_OK);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "ENOENT") return { usable: false, why: "there is no /dev/kvm" };
    return {
      usable: false,
      why: `/dev/kvm exists but may not be opened by this user (${code ?? "unknown reason"})`,
    };
  }
  const outcome = await runProcess({
    file: qemu,
    args: ["-machine", "none,accel=kvm", "-nodefaults", "-display", "none", "-monitor", "stdio"],
    env,
    input: "quit\n",
    timeoutMs: 20_000,
    stopSteps: [{ signal: "SIGKILL", graceMs: 0 }],
  });
  if (outcome.reason === "exited" && outcome.exitCode === 0) return { usable: true };
  if (outcome.reason === "spawn-failed") return { usable: false, why: `${qemu} could not be started` };
  if (outcome.reason === "timed-out") return { usable: false, why: "QEMU hangs when it uses /dev/kvm" };
  const said = oneLine(outcome.stderr.split("\n").find((line) => /kvm/i.test(line)) ?? outcome.stderr, 160);
  return { usable: false, why: `/dev/kvm exists but cannot be used: ${said}` };
}
