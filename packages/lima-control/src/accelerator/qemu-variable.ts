/** Architectures as Lima names them, with the variable that names QEMU for each (pkg/driver/qemu/qemu.go of Lima). */
const variables: Readonly<Record<string, string>> = {
  x86_64: "QEMU_SYSTEM_X86_64",
  aarch64: "QEMU_SYSTEM_AARCH64",
  armv7l: "QEMU_SYSTEM_ARM",
  ppc64le: "QEMU_SYSTEM_PPC64",
  riscv64: "QEMU_SYSTEM_RISCV64",
  s390x: "QEMU_SYSTEM_S390X",
};

const programs: Readonly<Record<string, string>> = {
  x86_64: "qemu-system-x86_64",
  aarch64: "qemu-system-aarch64",
  armv7l: "qemu-system-arm",
  ppc64le: "qemu-system-ppc64",
  riscv64: "qemu-system-riscv64",
  s390x: "qemu-system-s390x",
};

const machines: Readonly<Record<string, string>> = {
  x86_64: "q35,accel=tcg,vmport=off",
  aarch64: "virt,accel=tcg",
  armv7l: "virt,accel=tcg",
  ppc64le: "pseries,accel=tcg",
  riscv64: "virt,accel=tcg",
  s390x: "s390-ccw-virtio,accel=tcg",
};

export function qemuVariable(arch: string): string | undefined {
  return variables[arch];
}

export function qemuProgram(arch: string): string {
  return programs[arch] ?? `qemu-system-${arch}`;
}

/**
 * What the variable must hold so that limactl has QEMU emulate. limactl asks only whether /dev/kvm exists, and adds its
 * own `-machine` and `-cpu` unless the variable has them.
 */
export function emulationCommand(arch: string): string | undefined {
  const machine = machines[arch];
  return machine === undefined ? undefined : `${qemuProgram(arch)} -machine ${machine} -cpu max`;
}

/** The command with which limactl will start QEMU: what the variable holds, else the usual program. */
export function qemuCommand(arch: string, env: Readonly<Record<string, string | undefined>>): string {
  const variable = qemuVariable(arch);
  return (variable === undefined ? undefined : env[variable]) || qemuProgram(arch);
}

/** The program in the value of such a variable, which limactl splits like a shell does. */
export function programOf(value: string): string | undefined {
  const match = /^\s*(?:"((?:[^"\\]|\\.)+)"|'([^']+)'|((?:[^\s"'\\]|\\.)+))/.exec(value);
  const [, double, single, bare] = match ?? [];
  return single ?? (double ?? bare)?.replace(/\\(.)/g, "$1");
}

/** The QEMU that limactl will start: the one that the variable names, else the usual one. */
export function qemuOf(arch: string, env: Readonly<Record<string, string | undefined>>): string {
  return programOf(qemuCommand(arch, env)) ?? qemuProgram(arch);
}

/** The accelerators that the value of such a variable asks for, in order; undefined when it leaves that to limactl. */
export function acceleratorsOf(value: string): string[] | undefined {
  const match = /(?:[\s,]accel=|\s-accel[\s=]+)["']?([a-z:]+)/.exec(value);
  return match?.[1]?.split(":");
}
