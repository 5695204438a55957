import { syncDirectory } from "@sysinit-internal/files";

import type { Emit } from "../events/emitter.ts";
import { addRawDisk } from "../raw/add-raw-disk.ts";
import { flipLatestLink } from "../store/latest-link.ts";
import type { StoreEntry } from "../store/read-store.ts";
import type { LockedStore } from "../store/with-store-lock.ts";
import type { StoredImage } from "../stored-image.ts";
import { readGeneration, type PublishOptions } from "./publish-part.ts";

/**
 * Lets a generation that holds the same image be the latest one, with its raw disk when that is wanted; undefined when it
 * cannot have a raw disk, since a file that is not ours has that name.
 */
export async function reuseGeneration(
  store: LockedStore,
  same: StoreEntry,
  options: Pick<PublishOptions, "withRaw" | "signal">,
  emit: Emit,
): Promise<{ image: StoredImage; outcome: "installed" | "unchanged" } | undefined> {
  const { name, generation, format } = same.manifest;
  const lacksRaw = options.withRaw === true && format === "qcow2" && same.image.raw === undefined;
  if (lacksRaw && !(await addRawDisk(store, same.manifest, { signal: options.signal, emit })))
    return undefined;
  if (same.image.latest && !lacksRaw) return { image: same.image, outcome: "unchanged" };
  if (!same.image.latest) {
    await flipLatestLink(store.directory, same.manifest, store.area);
    await syncDirectory(store.directory);
  }
  return { image: await readGeneration(store, name, generation), outcome: "installed" };
}
