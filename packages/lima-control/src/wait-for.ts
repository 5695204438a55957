import { once } from "node:events";

import { checkDurations, pause, timeLimit } from "./durations.ts";
import { sayWaiting } from "./events/say-waiting.ts";
import { createTeller, type Teller } from "./events/teller.ts";
import { abortedError, throwIfAborted } from "./failures/aborted.ts";
import { LimaControlError } from "./failures/lima-control-error.ts";
import type { WaitForOptions } from "./handles/options.ts";
import type { RunningVm } from "./handles/running-vm.ts";
import type { LimaContext } from "./lima-context.ts";
import type { Probe, ProbeVerdict } from "./probes/probe.ts";

const defaultTimeoutMs = 120_000;
const defaultIntervalMs = 1_000;
// In which a command that is aborted is ended in the guest as well.
const graceMs = 3_000;

const nothingSeen: ProbeVerdict = { state: "pending" };

/** Looks again and again until the probe is ready; see `RunningVm.waitFor`. */
export async function waitFor(
  context: LimaContext,
  vm: RunningVm,
  probe: Probe,
  options: WaitForOptions = {},
): Promise<void> {
  await waitUntilReady(vm, probe, options, createTeller(vm.name, context.onEvent, options.onEvent));
}

/** The waiting itself, for a verb that tells of it as a part of its own work. */
export async function waitUntilReady(
  vm: RunningVm,
  probe: Probe,
  options: Pick<WaitForOptions, "timeoutMs" | "signal">,
  teller: Teller,
): Promise<void> {
  const what = `waiting until ${probe.label} in ${vm.name}`;
  throwIfAborted(what, options.signal);
  const timeoutMs = options.timeoutMs ?? probe.timeoutMs ?? defaultTimeoutMs;
  const intervalMs = probe.intervalMs ?? defaultIntervalMs;
  checkDurations({ timeoutMs, intervalMs });
  const limit = timeLimit(timeoutMs);
  const signal = options.signal === undefined ? limit : AbortSignal.any([options.signal, limit]);
  let told = "";
  let lastDetail: string | undefined;
  const quiet = sayWaiting(teller, () =>
    lastDetail === undefined ? probe.label : `${probe.label}: ${lastDetail}`,
  );
  try {
    for (;;) {
      const verdict = await look(probe, vm, signal);
      const detail = verdict.state === "ready" ? undefined : verdict.detail;
      // A look that the time limit cut off has nothing to say.
      const cutOff = verdict.state === "pending" && signal.aborted;
      if (detail !== undefined && !cutOff) lastDetail = detail;
      if (!cutOff && told !== `${verdict.state} ${detail}`) {
        told = `${verdict.state} ${detail}`;
        teller.tell({
          type: "probe",
          label: probe.label,
          state: verdict.state,
          ...(detail === undefined ? {} : { detail }),
        });
      }
      if (verdict.state === "ready") return;
      if (verdict.state === "failed") {
        throw new LimaControlError({
          code: "PROBE_FAILED",
          message: `${vm.name} will not be ready: ${probe.label}: ${verdict.detail}`,
          details: { instance: vm.name, probe: probe.label, detail: verdict.detail },
        });
      }
      await pause(intervalMs, signal);
      if (options.signal?.aborted) throw abortedError(what, options.signal);
      if (limit.aborted) {
        throw new LimaControlError({
          code: "PROBE_TIMEOUT",
          message: `${vm.name} was not ready within ${timeoutMs / 1000} s: ${probe.label}${lastDetail === undefined ? "" : `: ${lastDetail}`}`,
          details: { instance: vm.name, probe: probe.label, detail: lastDetail, timeoutMs },
        });
      }
    }
  } finally {
    quiet();
  }
}

// A guest that cannot be reached for a moment is waited for; one that does not run is not. A look that its signal ends, with
// whatever error, has seen nothing; one that its signal does not end is left alone.
async function look(probe: Probe, vm: RunningVm, signal: AbortSignal): Promise<ProbeVerdict> {
  const over = new AbortController();
  const cutOff = once(signal, "abort", { signal: over.signal })
    .then(() => pause(graceMs, over.signal))
    .then(
      () => nothingSeen,
      () => nothingSeen,
    );
  try {
    return await Promise.race([probe.check(vm, signal), cutOff]);
  } catch (error) {
    if (signal.aborted) return nothingSeen;
    if (LimaControlError.is(error, "NOT_RUNNING") || LimaControlError.is(error, "INSTANCE_NOT_FOUND"))
      throw error;
    if (LimaControlError.is(error)) return { state: "pending", detail: error.message };
    throw error;
  } finally {
    over.abort();
  }
}
