import { LimaControlError, type Probe } from "@sysinit/lima-control";

import { fail, pass, type Judgement } from "../../check.ts";
import type { CheckContext } from "../../context.ts";
import { needGuest } from "../../guest-text.ts";
import { defaultTimeoutMs } from "./limits.ts";

/** Whether what a probe looks for is there, or comes in time. */
export async function judgeProbe(
  probe: Probe,
  timeoutSeconds: number | undefined,
  { guest, signal }: CheckContext,
): Promise<Judgement> {
  const timeoutMs = timeoutSeconds === undefined ? defaultTimeoutMs : timeoutSeconds * 1000;
  try {
    await needGuest(needGuest(guest).waitFor)(probe, { timeoutMs, signal });
    return pass(probe.label);
  } catch (error) {
    if (LimaControlError.is(error, "PROBE_FAILED") || LimaControlError.is(error, "PROBE_TIMEOUT")) {
      const { detail } = error.details;
      const why = typeof detail === "string" ? `: ${detail}` : "";
      const late = error.code === "PROBE_TIMEOUT" ? ` within ${timeoutMs / 1000} s` : "";
      return fail(`not so${late}: ${probe.label}${why}`);
    }
    throw error;
  }
}
