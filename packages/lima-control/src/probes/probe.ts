import type { RunningVm } from "../handles/running-vm.ts";

/** What one look at the guest gave. "failed" means that waiting will not help. */
export type ProbeVerdict =
  | { state: "ready" }
  | { state: "pending"; detail?: string | undefined }
  | { state: "failed"; detail: string };

/** Something to wait for in a running VM. */
export interface Probe {
  /** For people: "unit sshd.service is active". */
  label: string;
  /** How long to wait for it; 2 minutes by default. */
  timeoutMs?: number | undefined;
  /** Between two looks; 1 second by default. */
  intervalMs?: number | undefined;
  check(vm: RunningVm, signal: AbortSignal): Promise<ProbeVerdict>;
}
