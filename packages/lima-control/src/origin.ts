import { checkInstanceName } from "./check-instance-name.ts";
import { cloneUnlocked } from "./clone.ts";
import { createUnlocked } from "./create.ts";
import type { Teller } from "./events/teller.ts";
import { LimaControlError } from "./failures/lima-control-error.ts";
import { requireStopped } from "./find.ts";
import type { StartOptions } from "./handles/options.ts";
import type { MadeInstance } from "./instances/made-instance.ts";
import type { LimaContext } from "./lima-context.ts";
import { withInstanceLock, withTwoInstanceLocks, type InstanceLockOptions } from "./locks/instance-lock.ts";

/** What a launched VM was made of, so that it can be made again. */
export interface Origin {
  /** A template as text, or the name of a stopped instance. */
  source: { template: string } | { from: string };
  /** How it was started. */
  start: StartOptions;
  /** Whether it goes with this process. */
  lease: boolean;
  /** Whether its baseline is saved when it is ready. */
  resettable: boolean;
}

/**
 * Runs `fn` with the lock of an instance that it may make, and with that of the instance that it would be cloned from, which
 * `fn` gives back by `releaseSource` when it needs it no more.
 *
 * @throws LimaControlError BAD_ARGUMENT for an instance that would be a clone of itself
 */
export async function withMakingLocks<Result>(
  context: LimaContext,
  name: string,
  source: Origin["source"],
  options: InstanceLockOptions,
  fn: (releaseSource: () => Promise<void>) => Promise<Result>,
): Promise<Result> {
  if ("template" in source) return await withInstanceLock(context, name, options, () => fn(async () => {}));
  const { from } = source;
  if (from === name) {
    throw new LimaControlError({
      code: "BAD_ARGUMENT",
      message: `instance ${name} cannot be made of itself: it is what it would be cloned from`,
      hint: "Give the VM another name than that of `from`.",
      details: { instance: name, from },
    });
  }
  checkInstanceName(from, context.home);
  return await withTwoInstanceLocks(context, [name, from], options, (release) => fn(() => release(from)));
}

/** Looks, before anything is deleted, that there is what the instance would be cloned from. @throws what `clone` throws */
export async function requireSource(
  context: LimaContext,
  source: Origin["source"],
  signal: AbortSignal | undefined,
): Promise<void> {
  if ("from" in source) await requireStopped(context, source.from, "cloned", signal);
}

/** Makes the instance, for a caller that holds the locks and saw that there is none. */
export async function makeUnlocked(
  context: LimaContext,
  name: string,
  { source }: Origin,
  signal: AbortSignal | undefined,
  teller: Teller,
): Promise<MadeInstance> {
  return "template" in source
    ? await createUnlocked(context, name, source.template, signal, teller)
    : await cloneUnlocked(context, source.from, name, signal, teller);
}
