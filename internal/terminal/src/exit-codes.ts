import { isCodedError } from "@sysinit-internal/errors";

import { Interrupted } from "./interrupts.ts";

/** What our exit status means; exec and shell pass the guest's own status, `ourFailure` when it was not the guest's. */
export const exitCodes = {
  ok: 0,
  failed: 1,
  usage: 2,
  prerequisite: 3,
  timedOut: 124,
  ourFailure: 125,
} as const;

/** Which error codes mean more than "failed". */
export interface ExitRules {
  usage: ReadonlySet<string>;
  prerequisite: ReadonlySet<string>;
  timedOut: ReadonlySet<string>;
  /** The status of every other error; 1 by default. */
  otherwise?: number;
}

export function exitCodeOf(error: unknown, signal: AbortSignal, rules: ExitRules): number {
  if (error instanceof Interrupted) return error.exitCode;
  if (signal.reason instanceof Interrupted) return signal.reason.exitCode;
  if (!isCodedError(error)) return exitCodes.failed;
  if (rules.usage.has(error.code)) return exitCodes.usage;
  if (rules.prerequisite.has(error.code)) return exitCodes.prerequisite;
  if (rules.timedOut.has(error.code)) return exitCodes.timedOut;
  return rules.otherwise ?? exitCodes.failed;
}
