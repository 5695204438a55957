import type { LogFormat } from "@sysinit-internal/terminal";

import type { MachineFlags } from "../program/machine-flags.ts";

export interface RunFlags extends Omit<MachineFlags, "ttl"> {
  mount: string[];
  copyIn: string[];
  copyOut: string[];
  keep: "never" | "on-failure" | "always";
  cwd?: string;
  /** Of the command; that of the start is `startTimeout`. */
  timeout?: string;
  startTimeout?: string;
  from?: string;
  fresh?: boolean;
  dryRun?: boolean;
  verbose?: boolean;
  logFormat?: LogFormat;
}
