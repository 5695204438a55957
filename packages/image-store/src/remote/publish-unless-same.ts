import { syncDirectory } from "@sysinit-internal/files";

import type { Emit } from "../events/emitter.ts";
import type { Provenance } from "../manifest/provenance.ts";
import type { ImageFormat } from "../names/file-names.ts";
import { isIntact } from "../publish/find-same-image.ts";
import { publishImage } from "../publish/publish-image.ts";
import { flipLatestLink, readLatestLinks } from "../store/latest-link.ts";
import { nextGeneration, readStore, type StoreContent, type StoreEntry } from "../store/read-store.ts";
import type { LockedStore } from "../store/with-store-lock.ts";
import type { StoredImage } from "../stored-image.ts";
import type { OnPullStep } from "./pull-steps.ts";

/** A file in the work area's temporary folder that is whole, checked and on the disk. */
export interface FinishedPart {
  path: string;
  format: ImageFormat;
  bytes: number;
  virtualBytes: number;
  modifiedNs: string;
}

export interface PartToPublish {
  name: string;
  sha256: string;
  provenance: Provenance | undefined;
  now: Date | undefined;
  signal: AbortSignal | undefined;
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
  { directory, area }: LockedStore,
  wanted: PartToPublish,
  makePart: () => Promise<FinishedPart | undefined>,
): Promise<PublishedImage | undefined> {
  const { name, sha256, provenance, signal } = wanted;
  await readLatestLinks(directory, name);
  const content = await readStore(directory, name);
  const same = await findSame(content, sha256, signal);
  if (same?.image.latest) return { image: same.image, outcome: "unchanged" };
  if (same !== undefined) {
    await flipLatestLink(directory, same.manifest, area);
    await syncDirectory(directory);
    return { image: await readBack(directory, name, same.manifest.generation), outcome: "installed" };
  }
  const part = await makePart();
  if (part === undefined) return undefined;
  const { path, ...facts } = part;
  const generation = await nextGeneration(content);
  const installedAt = (wanted.now ?? new Date()).toISOString();
  const record = {
    name,
    generation,
    sha256,
    ...facts,
    installedAt,
    ...(provenance === undefined ? {} : { provenance }),
  };
  await publishImage(directory, area, path, record, wanted.onStep);
  await wanted.onStep("cleaned");
  const image = await readBack(directory, name, generation);
  wanted.emit({ type: "published", file: image.file });
  return { image, outcome: "installed" };
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

async function readBack(directory: string, name: string, generation: number): Promise<StoredImage> {
  const { entries } = await readStore(directory, name);
  return entries.find((entry) => entry.manifest.generation === generation)!.image;
}
