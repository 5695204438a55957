import type { RunningVm } from "@sysinit/lima-control";

/** A running VM, a directory of the guest that its user may write to, and one of this machine. */
export interface RunningSubject {
  vm: RunningVm;
  guestDirectory: string;
  hostDirectory: string;
  /** A port of the guest at which something greets whoever connects. */
  greeter: { port: number; greeting: string };
}
