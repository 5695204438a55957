import { setTimeout as sleep } from "node:timers/promises";

import { checkDurations } from "./durations.ts";
import { sayWaiting } from "./events/say-waiting.ts";
import { createTeller, type Teller } from "./events/teller.ts";
import { abortedError, throwIfAborted } from "./failures/aborted.ts";
import { LimaControlError } from "./failures/lima-control-error.ts";
import { requireInstance } from "./find.ts";
import type { StartOptions } from "./handles/options.ts";
import type { Readiness, RunningVm } from "./handles/running-vm.ts";
import type { InstanceRecord } from "./instances/instance-record.ts";
import type { LimaContext } from "./lima-context.ts";
import { withInstanceLock } from "./locks/instance-lock.ts";
import { assessRunning } from "./readiness/assess.ts";
import { lookInside } from "./readiness/look-inside.ts";
import { heal } from "./starting/heal.ts";
import { resumeOrBoot } from "./starting/resume-or-boot.ts";
import { startFailure } from "./starting/start-failure.ts";
import { stopUnlocked } from "./stop.ts";
import { waitUntilReady } from "./wait-for.ts";

const followEveryMs = 1_000;
const lookAttempts = 5;
const lookTimeoutMs = 60_000;
const endsStart: ReadonlySet<string> = new Set([
  "MOUNT_MISSING",
  "NOT_RUNNING",
  "INSTANCE_NOT_FOUND",
  "ABORTED",
]);
const defaultTimeoutMs = { hardware: 600_000, emulation: 1_200_000 };

/** Starts an instance; see `StoppedVm.start`. `makeHandle` makes the handle that the probes look through. */
export async function start(
  context: LimaContext,
  name: string,
  options: StartOptions,
  makeHandle: (readiness: Readiness) => RunningVm,
): Promise<RunningVm> {
  checkDurations({ timeoutMs: options.timeoutMs });
  const teller = createTeller(name, context.onEvent, options.onEvent);
  return await withInstanceLock(context, name, { teller, signal: options.signal }, async () => {
    const wasRunning = (await requireInstance(context, name, options.signal)).status === "Running";
    try {
      return await startUnlocked(context, name, options, makeHandle, teller);
    } catch (error) {
      if (!wasRunning) await stopAfterFailure(context, name, teller);
      throw error;
    }
  });
}

/** The start itself, for a caller that holds the lock, and that cleans up when it fails. */
export async function startUnlocked(
  context: LimaContext,
  name: string,
  options: StartOptions,
  makeHandle: (readiness: Readiness) => RunningVm,
  teller: Teller,
): Promise<RunningVm> {
  const { signal } = options;
  throwIfAborted(`starting ${name}`, signal);
  let record = await requireInstance(context, name, signal);
  if (record.status === "Broken") record = await heal(context, record, teller);

  const { hardware } = await context.accelerator(record.arch);
  const timeoutMs = options.timeoutMs ?? (hardware ? defaultTimeoutMs.hardware : defaultTimeoutMs.emulation);
  const readiness =
    record.status === "Running"
      ? await followStart(context, record, { timeoutMs, signal }, teller)
      : await bootAndLook(context, record, { ...options, timeoutMs }, teller);
  if (readiness.state !== "ready") {
    teller.tell({ type: "degraded", reasons: readiness.reasons });
    if (options.allowDegraded !== true || readiness.state === "broken") {
      throw await startFailure(context, record, {
        code: "START_DEGRADED",
        limactl: readiness.reasons.join("; "),
        reasons: readiness.reasons,
      });
    }
  }
  const vm = makeHandle(readiness);
  for (const probe of options.probes ?? []) {
    await waitUntilReady(vm, probe, { signal }, teller);
  }
  if (signal?.aborted) throw abortedError(`starting ${name}`, signal);
  teller.tell({ type: "ready" });
  return vm;
}

async function bootAndLook(
  context: LimaContext,
  record: InstanceRecord,
  options: StartOptions & { timeoutMs: number },
  teller: Teller,
): Promise<Readiness> {
  const { timeoutMs, signal } = options;
  const { reasons } = await resumeOrBoot(context, record, { timeoutMs, signal }, teller);
  const quiet = sayWaiting(teller, () => "the guest to tell its mounts and how its setup went");
  try {
    const { mounts, steps } = await lookInside(context, record, {
      signal,
      attempts: lookAttempts,
      timeoutMs: lookTimeoutMs,
    });
    if (mounts.length > 0 && options.allowDegraded !== true) {
      throw await startFailure(context, record, {
        code: "MOUNT_MISSING",
        limactl: mounts.join("; "),
        reasons: mounts,
        guest: steps,
      });
    }
    reasons.push(...mounts, ...steps);
  } catch (error) {
    // limactl says READY of a guest in which not even a shell can be run.
    if (!LimaControlError.is(error) || endsStart.has(error.code)) throw error;
    reasons.push(error.message);
  } finally {
    quiet();
  }
  return { state: reasons.length === 0 ? "ready" : "degraded", reasons };
}

/** The readiness of a VM that runs, when whoever is starting it just now is done. */
async function followStart(
  context: LimaContext,
  record: InstanceRecord,
  { timeoutMs, signal }: { timeoutMs: number; signal: AbortSignal | undefined },
  teller: Teller,
): Promise<Readiness> {
  const deadline = performance.now() + timeoutMs;
  const quiet = sayWaiting(teller, () => "another limactl that is starting it");
  try {
    for (;;) {
      const readiness = await assessRunning(context, record, signal);
      if (readiness.state !== "starting") return readiness;
      if (performance.now() >= deadline) {
        throw await startFailure(context, record, {
          code: "START_TIMEOUT",
          limactl: readiness.reasons.join("; "),
          timeoutMs,
        });
      }
      await sleep(followEveryMs, undefined, { signal }).catch(() => {});
      throwIfAborted(`starting ${record.name}`, signal);
    }
  } finally {
    quiet();
  }
}

/** Stops after a failure that is told anyway: what goes wrong here must not hide it. */
export async function stopAfterFailure(context: LimaContext, name: string, teller: Teller): Promise<void> {
  try {
    await stopUnlocked(context, name, { force: true }, teller);
  } catch (error) {
    if (!LimaControlError.is(error, "INSTANCE_NOT_FOUND")) {
      teller.tell({ type: "message", level: "warning", text: `cleaning up: ${(error as Error).message}` });
    }
  }
}
