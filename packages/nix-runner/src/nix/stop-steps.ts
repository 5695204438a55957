import type { StopStep } from "@sysinit-internal/process";

/**
 * How nix is ended. Its builders live in sessions of their own, which only nix can end: killed at once, it leaves them running.
 */
export const nixStopSteps: readonly StopStep[] = [
  { signal: "SIGINT", graceMs: 10_000 },
  { signal: "SIGTERM", graceMs: 5_000 },
  { signal: "SIGKILL", graceMs: 0 },
];
