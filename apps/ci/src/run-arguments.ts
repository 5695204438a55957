import type { GuestChoice } from "@sysinit-internal/machine";

import type { ReportArguments } from "./reporters/report-to.ts";

/** When the VM stays for somebody to look at. */
export type Keep = "never" | "on-failure" | "always";

/** The options of `run` as the command line gives them. */
export interface RunArguments extends ReportArguments {
  json?: boolean;
  quiet?: boolean;
  suite?: string;
  project?: string;
  template?: string;
  installable?: string;
  imageFile?: string;
  guest: GuestChoice;
  image?: string;
  name?: string;
  only?: string[];
  limactl?: string[];
  repeat?: number;
  retries?: number;
  artifacts: string;
  collect: Keep;
  keep: Keep;
  timeout?: number;
}
