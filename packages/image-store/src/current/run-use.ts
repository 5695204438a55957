import { createEmitter } from "../events/emitter.ts";
import { readGeneration } from "../publish/publish-part.ts";
import { findEntry } from "../store/find-entry.ts";
import { readStore, type StoreEntry } from "../store/read-store.ts";
import { withStoreLock, type StoreOptions } from "../store/with-store-lock.ts";
import type { StoredImage } from "../stored-image.ts";
import { makeCurrent, requireWhole } from "./make-current.ts";

export interface UseOptions extends StoreOptions {
  name: string;
  generation: number;
  /** Read the image to its end first, and refuse one that is not what was stored; by default true. */
  verify?: boolean | undefined;
  /** Check everything, change nothing, and tell what would be; by default false. */
  dryRun?: boolean | undefined;
}

export interface UseResult {
  /** The generation that the latest link leads to now (with `dryRun`: would lead to). */
  image: StoredImage;
  /** The one that it led to before; absent when it led to none. */
  previous?: StoredImage;
  /** "unchanged": it was the latest one already. */
  outcome: "used" | "unchanged";
}

/** The steps of `useImage` and `rollbackImage`, in order. */
export const useSteps = ["verified", "flipped"] as const;
export type OnUseStep = (step: (typeof useSteps)[number]) => Promise<void> | void;

/** Chooses a generation, from what is there while nobody else writes to the store. */
export type Choose = () => Promise<StoreEntry>;

/** `useImage` for a generation that is chosen under the lock. */
export async function runUse(
  options: Omit<UseOptions, "generation">,
  choose: Choose,
  onStep: OnUseStep,
): Promise<UseResult> {
  const { directory, name, signal, verify = true, dryRun = false } = options;
  const emit = createEmitter(options.onEvent);
  // What is refused is refused before a directory or a lock is made.
  const first = await choose();
  if (dryRun) {
    if (verify) await requireWhole(first, signal, emit);
    return describe(first.image, await currentOf(directory, name));
  }
  return await withStoreLock(options, emit, async (store) => {
    const entry = await choose();
    if (verify) await requireWhole(entry, signal, emit);
    await onStep("verified");
    const previous = await currentOf(directory, name);
    const result = describe(entry.image, previous);
    if (result.outcome === "unchanged") return result;
    await makeCurrent(store, entry);
    await onStep("flipped");
    return { ...result, image: await readGeneration(store, name, entry.manifest.generation) };
  });
}

function describe(image: StoredImage, previous: StoredImage | undefined): UseResult {
  return {
    image: { ...image, latest: true },
    ...(previous === undefined ? {} : { previous }),
    outcome: previous?.generation === image.generation ? "unchanged" : "used",
  };
}

async function currentOf(directory: string, name: string): Promise<StoredImage | undefined> {
  const { entries } = await readStore(directory, name);
  return entries.find((entry) => entry.image.latest)?.image;
}

/** Finds the generation that was asked for by number. */
export function chooseGeneration(directory: string, name: string, generation: number): Choose {
  return async () => await findEntry({ directory, name, generation });
}
