import { ImageStoreError } from "../errors/image-store-error.ts";
import { createEmitter } from "../events/emitter.ts";
import { checkImageName } from "../names/check-image-name.ts";
import type { LimaHomesOptions } from "../references/lima-homes.ts";
import { referencesOf } from "../references/of-entries.ts";
import { findEntry } from "../store/find-entry.ts";
import { rememberGenerations } from "../store/generation-numbers.ts";
import { flipLatestLink, removeLatestLinks } from "../store/latest-link.ts";
import { readStore, type StoreEntry } from "../store/read-store.ts";
import { withStoreLock, type LockedStore, type StoreOptions } from "../store/with-store-lock.ts";
import type { StoredImage } from "../stored-image.ts";
import { removeEntry, type OnRemovalStep } from "./remove-entry.ts";
import { requireUnneeded } from "./require-unneeded.ts";

export interface RemoveOptions extends StoreOptions, LimaHomesOptions {
  name: string;
  /** One generation, which is not the current one; or "all", with the latest link. */
  generation: number | "all";
  /** Remove also what only a digest or a template names; by default false. What an instance needs is never removed. */
  allowReferenced?: boolean | undefined;
  /** Check everything, change nothing, and tell what would be removed; by default false. */
  dryRun?: boolean | undefined;
}

export interface RemoveResult {
  /** What was removed (with `dryRun`: would be), newest first. */
  images: StoredImage[];
  /** What their files took on the disk. Clones share their blocks with others: then less is free afterwards. */
  allocatedBytes: number;
}

/** `removeImage`, telling each step that it has done. */
export async function runRemove(options: RemoveOptions, onStep: OnRemovalStep): Promise<RemoveResult> {
  const { directory, name, dryRun = false } = options;
  const emit = createEmitter(options.onEvent);
  checkImageName(name);
  const first = await choose(options);
  await requireAllUnneeded(first, options);
  if (dryRun) return resultOf(first);
  const work = async (store: LockedStore) => {
    const entries = await choose(options);
    await requireAllUnneeded(entries, options);
    await rememberGenerations(store, name, await readStore(directory, name));
    await onStep("remembered");
    // The current one goes last: until then the name has a latest link that leads to an image.
    for (const entry of entries.toSorted((a, b) => Number(a.image.latest) - Number(b.image.latest))) {
      const whenSetAside = () => requireAllUnneeded([entry], options);
      const remove = () => removeEntry(store, entry, { onStep, whenSetAside });
      await (entry.image.latest ? withoutLatestLink(store, entry, remove) : remove());
      emit({ type: "removed", file: entry.image.file });
    }
    return resultOf(entries);
  };
  return await withStoreLock(options, emit, work, "removes");
}

async function withoutLatestLink(
  { directory, area }: LockedStore,
  { manifest }: StoreEntry,
  work: () => Promise<void>,
): Promise<void> {
  await removeLatestLinks(directory, manifest.name);
  try {
    await work();
  } catch (error) {
    await flipLatestLink(directory, manifest, area);
    throw error;
  }
}

async function choose({ directory, name, generation }: RemoveOptions): Promise<StoreEntry[]> {
  if (generation === "all") {
    const { entries } = await readStore(directory, name);
    return entries.length > 0 ? entries : [await findEntry({ directory, name })];
  }
  const entry = await findEntry({ directory, name, generation });
  if (!entry.image.latest) return [entry];
  throw new ImageStoreError({
    code: "IMAGE_IS_CURRENT",
    message: `generation ${generation} is the current one of ${name}`,
    hint: "Use another generation first, or remove all of them.",
    details: { name, generation, file: entry.image.file },
  });
}

async function requireAllUnneeded(entries: readonly StoreEntry[], options: RemoveOptions): Promise<void> {
  const references = await referencesOf(entries, options);
  for (const entry of entries)
    requireUnneeded(entry.image, references(entry), options.allowReferenced === true);
}

function resultOf(entries: readonly StoreEntry[]): RemoveResult {
  const images = entries.map((entry) => entry.image);
  const allocatedBytes = images.reduce(
    (sum, image) => sum + image.allocatedBytes + (image.raw?.allocatedBytes ?? 0),
    0,
  );
  return { images, allocatedBytes };
}
