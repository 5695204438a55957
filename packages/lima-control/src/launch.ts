import { checkInstanceName } from "./check-instance-name.ts";
import { instanceExists } from "./create.ts";
import { deleteAfterFailure, deleteUnlocked } from "./delete.ts";
import { checkDurations } from "./durations.ts";
import { createTeller } from "./events/teller.ts";
import { find, requireInstance } from "./find.ts";
import { makeRunningVm } from "./handles/make-handles.ts";
import type { StartOptions } from "./handles/options.ts";
import type { RunningVm } from "./handles/running-vm.ts";
import type { StoppedVm } from "./handles/stopped-vm.ts";
import type { Keep, Tenure } from "./handles/tenure.ts";
import { endLease, removeLease } from "./leases/lease.ts";
import type { LimaContext } from "./lima-context.ts";
import { makeUnlocked, requireSource, withMakingLocks, type Origin } from "./origin.ts";
import { saveFirstBaseline, saveMissingBaseline } from "./reset.ts";
import { startUnlocked } from "./start.ts";
import { stopUnlocked } from "./stop.ts";
import { deleteAbandoned, sweepBefore } from "./sweep.ts";

/** What a VM is made of: a template, or an instance that is as it should be. */
export type LaunchSource =
  | {
      /** The whole template as YAML; `base` and relative files in it are not resolved. */
      template: string;
      from?: undefined;
    }
  | {
      /** A stopped instance, or its name; the VM is a clone of it, and goes on where a suspended one was. */
      from: string | StoppedVm;
      template?: undefined;
    };

export type LaunchOptions = LaunchSource & LaunchSettings;

export interface LaunchSettings extends Omit<StartOptions, "timeoutMs"> {
  name: string;
  /** From `limactl start` to ready; by default 10 minutes with a hardware accelerator and 20 under emulation. */
  startTimeoutMs?: number | undefined;
  /**
   * Whether the VM outlives its handle and a failed start: "never" (default), "on-failure" after
   * {@link RunningVm.markFailed} or a start that failed, "always".
   */
  keep?: Keep | undefined;
  /**
   * Save the state of the VM once it is ready, so that {@link RunningVm.reset} takes seconds. Costs some seconds and
   * as much disk as the guest uses memory; where it cannot be done, a reset makes the VM anew. Of a VM that is reused the
   * state is saved as it is then, unless one was saved before; it is never made anew. Default: false.
   */
  resettable?: boolean | undefined;
  /** Let `sweep` delete the VM when this process dies. Default: true, and while the launch goes on in any case. */
  lease?: boolean | undefined;
  /**
   * What to do about an instance of that name: "fail" (default), "reuse" it, started if need be and borrowed, or
   * "replace" it by a new one. Instances whose owner died are deleted in any case.
   */
  ifExists?: "fail" | "reuse" | "replace" | undefined;
}

/**
 * Creates or clones a VM, starts it and waits until it is ready. The VM is owned: it goes at the end of `await using`, and with a
 * launch that fails or is aborted, unless `keep` says otherwise. A second launch of the same name waits for the first.
 *
 * @throws LimaControlError what `create` and `start` throw, INSTANCE_EXISTS
 */
export async function launch(context: LimaContext, options: LaunchOptions): Promise<RunningVm> {
  const { name, signal, keep = "never", lease = true, ifExists = "fail", resettable = false } = options;
  const source = sourceOf(options);
  checkInstanceName(name, context.home);
  checkDurations({ startTimeoutMs: options.startTimeoutMs });
  await sweepBefore(context, name, options);
  const teller = createTeller(name, context.onEvent, options.onEvent);
  const startOptions: StartOptions = { ...options, timeoutMs: options.startTimeoutMs };

  return await withMakingLocks(context, name, source, { teller, signal }, async (releaseSource) => {
    await deleteAbandoned(context, name, teller);
    const existing = await find(context, name, signal);
    if (existing !== undefined && ifExists === "fail") throw instanceExists(existing);
    if (existing !== undefined && ifExists === "reuse") {
      await releaseSource();
      const borrowed: Tenure = { name, dir: existing.dir, owned: false, keep: "always", failed: false };
      try {
        const vm = await startUnlocked(
          context,
          name,
          startOptions,
          (readiness) => makeRunningVm(context, borrowed, readiness),
          teller,
        );
        if (resettable) await saveMissingBaseline(context, name, signal, teller);
        return vm;
      } catch (error) {
        if (existing.status !== "Running" && keep === "never") {
          await stopUnlocked(context, name, { force: true }, teller).catch(() => {});
        }
        throw error;
      }
    }
    await requireSource(context, source, signal);
    if (existing !== undefined) await deleteUnlocked(context, name, teller);

    const { signal: _, ...start } = startOptions;
    const origin: Origin = { source, start, lease, resettable };
    const made = await makeUnlocked(context, name, origin, signal, teller);
    // A start takes long, and others may want to clone the same instance.
    await releaseSource();
    const owned: Tenure = { ...made, owned: true, keep, failed: false, origin };
    try {
      const vm = await startUnlocked(
        context,
        name,
        startOptions,
        (readiness) => makeRunningVm(context, owned, readiness),
        teller,
      );
      if (resettable) await saveFirstBaseline(context, name, signal, teller);
      if (!lease) await endLease(context.home, name);
      return vm;
    } catch (error) {
      // An abort is no failure to look into.
      if (keep === "never" || signal?.aborted === true) await deleteAfterFailure(context, name, teller);
      else if (
        await requireInstance(context, name).then(
          () => true,
          () => false,
        )
      )
        await removeLease(context.home, name);
      throw error;
    }
  });
}

function sourceOf({ template, from }: LaunchOptions): Origin["source"] {
  if (from === undefined) return { template };
  return { from: typeof from === "string" ? from : from.name };
}
