import { applyBaselineUnlocked, hasBaseline, lookForBaseline, saveBaselineUnlocked } from "./baseline.ts";
import { deleteAfterFailure, deleteUnlocked } from "./delete.ts";
import { createTeller, type Teller } from "./events/teller.ts";
import { throwIfAborted } from "./failures/aborted.ts";
import { LimaControlError } from "./failures/lima-control-error.ts";
import { requireInstance } from "./find.ts";
import type { ResetOptions } from "./handles/options.ts";
import type { Readiness, ResetWay, RunningVm } from "./handles/running-vm.ts";
import type { Tenure } from "./handles/tenure.ts";
import type { InstanceRecord } from "./instances/instance-record.ts";
import { endLease, isReplaced } from "./leases/lease.ts";
import type { LimaContext } from "./lima-context.ts";
import { withInstanceLock } from "./locks/instance-lock.ts";
import { makeUnlocked, requireSource, withMakingLocks } from "./origin.ts";
import { whyNotSaved } from "./snapshots/save-state.ts";
import { startUnlocked } from "./start.ts";

/** Brings a VM back to the state that it was launched in, or saved; see `RunningVm.reset`. */
export async function reset(
  context: LimaContext,
  tenure: Tenure,
  options: ResetOptions,
  makeHandle: (readiness: Readiness) => RunningVm,
): Promise<ResetWay> {
  const { signal } = options;
  const { name } = tenure;
  const origin = tenure.owned ? tenure.origin : undefined;
  const teller = createTeller(name, context.onEvent, options.onEvent);
  // Whoever is put back to a baseline need not wait for others that clone the same golden instance.
  const isPutBack = await withInstanceLock(context, name, { teller, signal }, async () => {
    throwIfAborted(`resetting ${name}`, signal);
    await requireOwn(context, tenure);
    const baseline = await lookForBaseline(context, name, signal);
    if (baseline.isSaved) await applyBaselineUnlocked(context, baseline, teller);
    else if (origin === undefined) throw nothingToResetTo(baseline.record);
    return baseline.isSaved;
  });
  if (isPutBack || origin === undefined) return "snapshot";

  return await withMakingLocks(context, name, origin.source, { teller, signal }, async (releaseSource) => {
    await requireOwn(context, tenure);
    await requireSource(context, origin.source, signal);
    const way = "template" in origin.source ? "create" : "clone";
    teller.tell({ type: "resetting", way });
    await deleteUnlocked(context, name, teller);
    Object.assign(tenure, await makeUnlocked(context, name, origin, signal, teller));
    await releaseSource();
    try {
      await startUnlocked(context, name, { ...origin.start, signal }, makeHandle, teller);
      if (origin.resettable) await saveFirstBaseline(context, name, signal, teller);
      if (!origin.lease) await endLease(context.home, name);
    } catch (error) {
      await deleteAfterFailure(context, name, teller);
      throw error;
    }
    return way;
  });
}

/** Saves what a VM is to be reset to right after its start, if its driver and mounts allow that. */
export async function saveFirstBaseline(
  context: LimaContext,
  name: string,
  signal: AbortSignal | undefined,
  teller: Teller,
): Promise<void> {
  const why = whyNotSaved(await requireInstance(context, name, signal));
  if (why === undefined) return await saveBaselineUnlocked(context, name, signal, teller);
  teller.tell({ type: "message", level: "info", text: `a reset will make it anew: ${why}` });
}

/** The same for a VM that was there before. What was saved of it earlier stays: it was used since. */
export async function saveMissingBaseline(
  context: LimaContext,
  name: string,
  signal: AbortSignal | undefined,
  teller: Teller,
): Promise<void> {
  const why = whyNotSaved(await requireInstance(context, name, signal));
  if (why !== undefined) {
    const text = `${name} was there before, and cannot be reset: ${why}`;
    teller.tell({ type: "message", level: "warning", text });
  } else if (!(await hasBaseline(context, name, signal))) {
    await saveBaselineUnlocked(context, name, signal, teller);
  }
}

// What somebody else made under the name is not ours to put back, let alone to make anew.
async function requireOwn(context: LimaContext, { name, mark }: Tenure): Promise<void> {
  if (mark === undefined || !(await isReplaced(context.home, name, mark))) return;
  throw new LimaControlError({
    code: "INSTANCE_NOT_FOUND",
    message: `the instance ${name} that this process made is gone; the one that has its name now was made by somebody else`,
    hint: "Launch one under another name.",
    details: { instance: name, home: context.home },
  });
}

function nothingToResetTo(record: InstanceRecord): LimaControlError {
  return new LimaControlError({
    code: "NO_BASELINE",
    message: `there is no state to which ${record.name} could be reset: no baseline was saved, and this process did not launch it`,
    hint:
      whyNotSaved(record) === undefined
        ? "Call saveBaseline first, or launch the VM with resettable."
        : "Launch it with ifExists: replace; only whoever launched it can make it anew.",
    details: { instance: record.name },
  });
}
