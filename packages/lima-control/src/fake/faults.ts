/** What goes wrong with the VMs of a fake limactl. All of it can be changed while they run. */
export interface Faults {
  /**
   * How a start ends: "fails", as when QEMU does not come up; "hangs", and is never ready; "degraded", with a guest agent
   * that does not answer.
   */
  start?: "fails" | "hangs" | "degraded" | undefined;
  /** Whether VMs that are ready die, at once. */
  dies?: boolean | undefined;
  /** How long a VM takes until it is ready; 50 by default. */
  bootMs?: number | undefined;
  /** The mounts of the template are not made, and limactl says READY all the same, as it does. */
  mounts?: "missing" | undefined;
  /** How ssh into the guest fails: at once, or never at all. */
  ssh?: "refused" | "hangs" | undefined;
}

/** What a program of the guest does in place of a real one. */
export interface FakeProgram {
  /** 0 by default. */
  exitCode?: number | undefined;
  stdout?: string | undefined;
  stderr?: string | undefined;
}

/** Where the fake keeps what it was told; below the directory that its own executable is in. */
export const faultsFile = "faults.json";
export const versionFile = "version";
export const programsDirectory = "programs";

/** Says to the program where that directory is. */
export const directoryVariable = "SYSINIT_LIMA_FAKE";
