import type { MachineFlags } from "../program/machine-flags.ts";

export interface UpFlags extends MachineFlags {
  recreate?: boolean;
  dryRun?: boolean;
}
