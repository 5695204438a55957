import { checkInstanceName } from "./check-instance-name.ts";
import { instanceExists, tellsOfAnother } from "./create.ts";
import { deleteUnmade } from "./delete.ts";
import { onlyLimactl } from "./diagnosis/evidence.ts";
import { findCause } from "./diagnosis/find-cause.ts";
import { sayWaiting } from "./events/say-waiting.ts";
import { createTeller, type Teller } from "./events/teller.ts";
import { abortedError } from "./failures/aborted.ts";
import { LimaControlError } from "./failures/lima-control-error.ts";
import { find, requireInstance, requireStopped } from "./find.ts";
import type { CloneOptions } from "./handles/options.ts";
import type { MadeInstance } from "./instances/made-instance.ts";
import { markInstance, writeLease } from "./leases/lease.ts";
import type { LimaContext } from "./lima-context.ts";
import { cloneStopped } from "./limactl/clone.ts";
import { failureText } from "./limactl/log-line.ts";
import { requireVersion } from "./limactl/require-version.ts";
import { outcomeDetails, succeeded } from "./limactl/run-limactl.ts";
import { withTwoInstanceLocks } from "./locks/instance-lock.ts";
import { carrySuspension } from "./suspension/carry-suspension.ts";
import { deleteAbandoned } from "./sweep.ts";

/** Copies a stopped instance; see `StoppedVm.clone`. */
export async function clone(
  context: LimaContext,
  from: string,
  name: string,
  options: CloneOptions = {},
): Promise<MadeInstance> {
  checkInstanceName(name, context.home);
  if (name === from) throw instanceExists(await requireInstance(context, from, options.signal));
  const teller = createTeller(name, context.onEvent, options.onEvent);
  return await withTwoInstanceLocks(context, [from, name], { teller, signal: options.signal }, async () => {
    await deleteAbandoned(context, name, teller);
    const existing = await find(context, name, options.signal);
    if (existing !== undefined) throw instanceExists(existing);
    return await cloneUnlocked(context, from, name, options.signal, teller);
  });
}

/** The copying itself, for a caller that holds both locks and saw that there is no instance of the new name. */
export async function cloneUnlocked(
  context: LimaContext,
  from: string,
  name: string,
  signal: AbortSignal | undefined,
  teller: Teller,
): Promise<MadeInstance> {
  const source = await requireStopped(context, from, "cloned", signal);
  teller.tell({ type: "creating" });
  const lease = await writeLease(context, name, { from });
  const quiet = sayWaiting(teller, () => `limactl clone: the disk of ${from} is copied`);
  try {
    const outcome = await cloneStopped(context, from, name, { signal });
    if (succeeded(outcome)) {
      // It has a copy of the mark of the one that it was copied from.
      await markInstance(context.home, lease);
      const { dir } = await requireInstance(context, name);
      await carrySuspension(source.dir, dir);
      return { name, dir, mark: lease.mark };
    }
    await requireVersion(context, "1.2", "clone an instance");
    const said = failureText(outcome.stderr);
    if (tellsOfAnother(said)) throw instanceExists(await requireInstance(context, name));
    const cause = findCause(onlyLimactl(said));
    throw new LimaControlError({
      code: "CREATE_FAILED",
      message: `instance ${from} could not be cloned to ${name}: ${said}`,
      hint: cause?.hint,
      details: {
        instance: name,
        from,
        ...(cause === undefined ? {} : { cause }),
        ...outcomeDetails(outcome),
      },
    });
  } catch (error) {
    await deleteUnmade(context, lease, error, teller);
    throw LimaControlError.is(error, "ABORTED") ? abortedError(`cloning ${from} to ${name}`, signal) : error;
  } finally {
    quiet();
  }
}
