import { setTimeout as sleep } from "node:timers/promises";

import { longestTimerMs } from "@sysinit-internal/process";

import { LimaControlError } from "./failures/lima-control-error.ts";

/** Refuses what is no time to wait; `Infinity` is one, and no limit. @throws LimaControlError BAD_ARGUMENT */
export function checkDurations(durations: Readonly<Record<string, number | undefined>>): void {
  for (const [option, ms] of Object.entries(durations)) {
    if (ms === undefined || ms >= 0) continue;
    throw new LimaControlError({
      code: "BAD_ARGUMENT",
      message: `${option} must be a number of milliseconds, not ${ms}`,
      hint: "Infinity waits without a limit.",
      details: { [option]: ms },
    });
  }
}

/** A signal that is aborted after that time, which may be longer than a timer of Node's can wait: then it never is. */
export function timeLimit(ms: number): AbortSignal {
  return ms > longestTimerMs ? new AbortController().signal : AbortSignal.timeout(ms);
}

/** Waits for that time, however long, or until the abort. */
export async function pause(ms: number, signal: AbortSignal | undefined): Promise<void> {
  await sleep(Math.min(ms, longestTimerMs), undefined, { signal }).catch(() => {});
}
