import type { Emit } from "../events/emitter.ts";
import { isIntact } from "../publish/find-same-image.ts";
import { publishPart, type PublishOptions, type VerifiedPart } from "../publish/publish-part.ts";
import { reuseGeneration } from "../publish/reuse-generation.ts";
import { readLatestLinks } from "../store/latest-link.ts";
import { readStore, type StoreContent, type StoreEntry } from "../store/read-store.ts";
import type { LockedStore } from "../store/with-store-lock.ts";
import type { StoredImage } from "../stored-image.ts";
import type { OnPullStep } from "./pull-steps.ts";

export interface WantedImage extends PublishOptions {
  sha256: string;
  emit: Emit;
  onStep: OnPullStep;
}

export interface PublishedImage {
  image: StoredImage;
  outcome: "installed" | "unchanged";
}

/**
 * Makes an image whose SHA-256 is known a generation of the store, unless the latest one is the same. A part is asked for
 * only when it is needed; without one nothing is published.
 */
export async function publishUnlessSame(
  store: LockedStore,
  wanted: WantedImage,
  makePart: () => Promise<VerifiedPart | undefined>,
): Promise<PublishedImage | undefined> {
  const { name, sha256, signal, emit, onStep } = wanted;
  await readLatestLinks(store.directory, name);
  const same = await findSame(await readStore(store.directory, name), sha256, signal);
  if (same !== undefined) {
    const reused = await reuseGeneration(store, same, wanted, emit);
    if (reused !== undefined) return reused;
  }
  const verified = await makePart();
  if (verified === undefined) return undefined;
  return { image: await publishPart(store, verified, wanted, emit, onStep), outcome: "installed" };
}

/** The latest generation, or a newer one that a killed process did not make the latest, when it is that image. */
export async function findSame(
  content: StoreContent,
  sha256: string,
  signal: AbortSignal | undefined,
): Promise<StoreEntry | undefined> {
  const latest = content.entries.find((entry) => entry.image.latest);
  for (const entry of new Set([latest, content.entries[0]])) {
    if (entry?.manifest.sha256 === sha256 && (await isIntact(entry, signal))) return entry;
  }
  return undefined;
}
