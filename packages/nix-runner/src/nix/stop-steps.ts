import type { StopStep } from "@sysinit-internal/process";

/**
 * How nix is ended. Its builders live in sessions of their own, which only nix can end: killed at once, it leaves them running.
 * It is asked twice: nix 2.34 was seen to miss a first SIGINT now and then.
 */
export const nixStopSteps: readonly StopStep[] = [
  { signal: "SIGINT", graceMs: 2_000 },
  { signal: "SIGINT", graceMs: 8_000 },
  { signal: "SIGTERM", graceMs: 5_000 },
  { signal: "SIGKILL", graceMs: 0 },
];
