import type { Accelerator } from "./accelerator/accelerator.ts";
import { proveKvm, type KvmProof } from "./accelerator/prove-kvm.ts";
import { acceleratorsOf, emulationCommand, qemuOf, qemuVariable } from "./accelerator/qemu-variable.ts";

export interface DetectAcceleratorOptions {
  /** Of the guest, as Lima names it; by default that of this machine. */
  arch?: string | undefined;
  env?: Readonly<Record<string, string | undefined>> | undefined;
  /** By default that of this machine. */
  platform?: NodeJS.Platform | undefined;
}

/**
 * Finds out what will run the guest's instructions, before anything is started: on Linux KVM if a short QEMU run proves
 * that it works, else emulation, with what limactl needs in its environment for it. A QEMU variable that the user has
 * set is kept as it is. Never fails. What it says for macOS follows from the platform and is not proved.
 */
export async function detectAccelerator(options: DetectAcceleratorOptions = {}): Promise<Accelerator> {
  const env = options.env ?? process.env;
  const platform = options.platform ?? process.platform;
  const arch = options.arch ?? hostArch();
  if (arch !== hostArch()) {
    return emulation({}, `the guest's architecture ${arch} is not that of this machine, ${hostArch()}`);
  }
  if (platform === "darwin") {
    return {
      kind: "vz",
      hardware: true,
      reason: "macOS runs guests of its own architecture with Virtualization.framework",
      env: {},
    };
  }
  const variable = qemuVariable(arch);
  const chosen = variable === undefined ? undefined : env[variable] || undefined;
  const asked = chosen === undefined ? undefined : acceleratorsOf(chosen);
  if (asked !== undefined && !asked.includes("kvm")) {
    return emulation({}, `${variable} asks for ${asked.join(", ")}`);
  }
  return decideAccelerator({ arch, variable, chosen, asked }, await proveKvm(qemuOf(arch, env), env));
}

/** Decides, once it is known whether KVM works. */
export function decideAccelerator(
  wanted: {
    arch: string;
    variable: string | undefined;
    chosen: string | undefined;
    asked: string[] | undefined;
  },
  kvm: KvmProof,
): Accelerator {
  if (kvm.usable) return { kind: "kvm", hardware: true, reason: "/dev/kvm works", env: {} };
  const { arch, variable, chosen, asked } = wanted;
  const command = emulationCommand(arch);
  if (variable === undefined || command === undefined) return emulation({}, kvm.why);
  if (chosen !== undefined) {
    const own = asked?.includes("tcg") === true ? "allows emulation" : "names no accelerator and is kept";
    return emulation({}, `${kvm.why}; ${variable} is set and ${own}`);
  }
  return emulation({ [variable]: command }, kvm.why);
}

/** The architecture of this machine, as Lima names it. */
export function hostArch(arch: string = process.arch): string {
  switch (arch) {
    case "x64":
      return "x86_64";
    case "arm64":
      return "aarch64";
    case "arm":
      return "armv7l";
    case "ppc64":
      return "ppc64le";
    default:
      return arch;
  }
}

function emulation(env: Record<string, string>, why: string): Accelerator {
  return { kind: "tcg", hardware: false, reason: `emulation: ${why}`, env };
}
