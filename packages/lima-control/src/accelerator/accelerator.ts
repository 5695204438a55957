/** What runs the guest's instructions. */
export interface Accelerator {
  kind: "kvm" | "hvf" | "vz" | "tcg";
  /** Whether the processor does it; "tcg" is emulation and about ten times slower. */
  hardware: boolean;
  /** Why this one, in one line. */
  reason: string;
  /** What limactl needs in its environment, so that the VM uses it. */
  env: Record<string, string>;
}
