import { statfs } from "node:fs/promises";

import { throwIfAborted } from "../errors/from-system.ts";
import { ImageStoreError } from "../errors/image-store-error.ts";
import { createEmitter } from "../events/emitter.ts";
import { referencesOf } from "../references/of-entries.ts";
import { removeEntry, type OnRemovalStep } from "../removal/remove-entry.ts";
import { requireUnneeded } from "../removal/require-unneeded.ts";
import type { StoreEntry } from "../store/read-store.ts";
import { withStoreLock, type LockedStore, type StoreOptions } from "../store/with-store-lock.ts";
import type { StoredImage } from "../stored-image.ts";
import { requireSamePlan } from "./compare-plans.ts";
import { makePlan, type PrunePlan } from "./make-plan.ts";

export interface PruneOptions extends Omit<StoreOptions, "directory"> {
  /** As `planPrune` made it; also one that was JSON in between. */
  plan: PrunePlan;
  env?: Readonly<Record<string, string | undefined>> | undefined;
}

export interface PruneResult {
  removed: StoredImage[];
  /** What should have been removed but could not be; the others were removed all the same. */
  failed: { image: StoredImage; error: ImageStoreError }[];
  /** What the removed files took on the disk. */
  allocatedBytes: number;
  /** What is free on the store's file system now. */
  availableBytes: number;
}

/** `prune`, telling each step that it has done. */
export async function runPrune(options: PruneOptions, onStep: OnRemovalStep): Promise<PruneResult> {
  const { plan, env, signal } = options;
  const emit = createEmitter(options.onEvent);
  // Without a lock, since an outdated plan must not make anything.
  if ((await planAgain(plan, env)).length === 0)
    return { removed: [], failed: [], allocatedBytes: 0, availableBytes: await available(plan.directory) };
  const work = async (store: LockedStore) => {
    const entries = await planAgain(plan, env);
    // The newest generation of a name always stays, so that no number has to be remembered.
    await onStep("remembered");
    const result: PruneResult = { removed: [], failed: [], allocatedBytes: 0, availableBytes: 0 };
    for (const entry of entries) {
      throwIfAborted(signal);
      await removeOne(store, entry, options, onStep, result);
      if (result.removed.includes(entry.image)) emit({ type: "removed", file: entry.image.file });
    }
    return { ...result, availableBytes: await available(store.directory) };
  };
  return await withStoreLock({ ...options, directory: plan.directory }, emit, work, "removes");
}

async function available(directory: string): Promise<number> {
  const found = await statfs(directory).catch(() => undefined);
  return found === undefined ? 0 : found.bavail * found.bsize;
}

/** The entries to remove, oldest first, when the plan still holds. */
async function planAgain(plan: PrunePlan, env: PruneOptions["env"]): Promise<StoreEntry[]> {
  const { directory, criteria, limaHomes, madeAt } = plan;
  const { plan: now, entries } = await makePlan({
    ...criteria,
    directory,
    limaHomes,
    env,
    now: new Date(madeAt),
  });
  requireSamePlan(plan, now);
  const removed = now.items.filter((item) => item.verdict === "remove");
  return entries.filter((entry) => removed.some((item) => item.file === entry.image.file)).toReversed();
}

async function removeOne(
  store: LockedStore,
  entry: StoreEntry,
  options: PruneOptions,
  onStep: OnRemovalStep,
  result: PruneResult,
): Promise<void> {
  const { directory, limaHomes } = options.plan;
  const requireStillUnneeded = async () => {
    const references = await referencesOf([entry], { directory, limaHomes, env: options.env });
    requireUnneeded(entry.image, references(entry), false);
  };
  try {
    await requireStillUnneeded();
    await removeEntry(store, entry, { onStep, whenSetAside: requireStillUnneeded });
    result.removed.push(entry.image);
    result.allocatedBytes += entry.image.allocatedBytes + (entry.image.raw?.allocatedBytes ?? 0);
  } catch (error) {
    if (!ImageStoreError.is(error)) throw error;
    result.failed.push({ image: entry.image, error });
  }
}
