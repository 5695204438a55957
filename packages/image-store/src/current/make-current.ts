import { syncDirectory } from "@sysinit-internal/files";

import { ImageStoreError } from "../errors/image-store-error.ts";
import type { Emit } from "../events/emitter.ts";
import { flipLatestLink, readLatestLinks } from "../store/latest-link.ts";
import type { StoreEntry } from "../store/read-store.ts";
import type { LockedStore } from "../store/with-store-lock.ts";
import { verifyEntry } from "../verify/verify-entry.ts";

/**
 * Lets the latest link of a name lead to one of its generations, in one step.
 *
 * @throws ImageStoreError LATEST_NOT_A_LINK
 */
export async function makeCurrent({ directory, area }: LockedStore, entry: StoreEntry): Promise<void> {
  await readLatestLinks(directory, entry.manifest.name);
  await flipLatestLink(directory, entry.manifest, area);
  await syncDirectory(directory);
}

/**
 * Reads an image to its end before anything is made to lead to it.
 *
 * @throws ImageStoreError IMAGE_DAMAGED, ABORTED
 */
export async function requireWhole(
  entry: StoreEntry,
  signal: AbortSignal | undefined,
  emit: Emit,
): Promise<void> {
  const { image, ok, problems } = await verifyEntry(entry, signal, emit);
  if (ok) return;
  throw new ImageStoreError({
    code: "IMAGE_DAMAGED",
    message: `generation ${image.generation} of ${image.name} is not what was stored: ${problems.join("; ")}`,
    hint: "Choose another generation, or install the image again.",
    details: { file: image.file, generation: image.generation, problems },
  });
}
