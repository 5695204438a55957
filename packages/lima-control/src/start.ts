import { sayWaiting } from "./events/say-waiting.ts";
import { createTeller, type Teller } from "./events/teller.ts";
import { abortedError, throwIfAborted } from "./failures/aborted.ts";
import { LimaControlError } from "./failures/lima-control-error.ts";
import { requireInstance } from "./find.ts";
import type { StartOptions } from "./handles/options.ts";
import type { Readiness, RunningVm } from "./handles/running-vm.ts";
import type { LimaContext } from "./lima-context.ts";
import { withInstanceLock } from "./locks/instance-lock.ts";
import { assessRunning, mountReasons } from "./readiness/assess.ts";
import { boot } from "./starting/boot.ts";
import { heal } from "./starting/heal.ts";
import { startFailure } from "./starting/start-failure.ts";
import { stopUnlocked } from "./stop.ts";
import { waitUntilReady } from "./wait-for.ts";

const defaultTimeoutMs = { hardware: 600_000, emulation: 1_200_000 };

/** Starts an instance; see `StoppedVm.start`. `makeHandle` makes the handle that the probes look through. */
export async function start(
  context: LimaContext,
  name: string,
  options: StartOptions,
  makeHandle: (readiness: Readiness) => RunningVm,
): Promise<RunningVm> {
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

  let readiness: Readiness;
  if (record.status === "Running") {
    readiness = await assessRunning(context, record, signal);
  } else {
    const { hardware } = await context.accelerator(record.arch);
    const timeoutMs =
      options.timeoutMs ?? (hardware ? defaultTimeoutMs.hardware : defaultTimeoutMs.emulation);
    readiness = await boot(context, record, { timeoutMs, signal }, teller);
    const quiet = sayWaiting(teller, () => "the guest to tell its mounts");
    const missing = await mountReasons(context, record, signal).finally(quiet);
    if (missing.length > 0 && options.allowDegraded !== true) {
      throw await startFailure(context, record, {
        code: "MOUNT_MISSING",
        limactl: missing.join("; "),
        reasons: missing,
      });
    }
    if (missing.length > 0) readiness = { state: "degraded", reasons: [...readiness.reasons, ...missing] };
  }
  if (readiness.state === "degraded") {
    teller.tell({ type: "degraded", reasons: readiness.reasons });
    if (options.allowDegraded !== true) {
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
