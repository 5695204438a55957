/** Something on this machine that keeps VMs from running, or makes them slow. */
export interface HostProblem {
  code: HostProblemCode;
  /** The tool or thing that it is about: "limactl", "qemu". */
  tool: string;
  severity: "error" | "warning";
  /** One line: what, which, why. */
  message: string;
  /** What mends it, in one line. */
  hint: string;
  /** Version or path that was found instead. */
  found?: string;
}

/** Every code that a {@link HostProblem} can carry, with what it means in one line. */
export const hostProblemCodes = {
  FIRMWARE_NOT_FOUND: "There is no UEFI firmware where limactl looks for it.",
  GUEST_AGENT_NOT_FOUND: "The guest agent is not beside limactl.",
  HOME_UNSET: "HOME is not set.",
  KVM_UNUSABLE: "VMs run under emulation, because KVM cannot be used.",
  LIMACTL_FAILED: "limactl is there but does not work.",
  LIMACTL_NOT_FOUND: "limactl is not there.",
  LIMACTL_TOO_OLD: "limactl is older than 1.2.",
  PATH_TOO_LONG: "LIMA_HOME is too long for the sockets in it.",
  QEMU_IMG_NOT_FOUND: "qemu-img is not there.",
  QEMU_NOT_FOUND: "QEMU for this machine's architecture is not there.",
  QEMU_TOO_OLD: "QEMU is older than 8.",
  ROOT_REFUSED: "limactl refuses to run as root.",
  SSH_NOT_FOUND: "ssh or ssh-keygen is not there.",
} as const;

export type HostProblemCode = keyof typeof hostProblemCodes;

/** What the checks look at. */
export interface HostContext {
  env: Readonly<Record<string, string | undefined>>;
  limactl: string;
  /** LIMA_HOME; undefined when neither it nor HOME is set. */
  home: string | undefined;
  platform: NodeJS.Platform;
  arch: string;
  signal: AbortSignal | undefined;
}

export type HostCheck = (context: HostContext) => Promise<HostProblem[]>;
