import type { Emit } from "../events/emitter.ts";
import type { JudgedImage } from "../formats/judge-image.ts";
import type { Provenance } from "../manifest/provenance.ts";
import { makeRawDisk, type RawDiskPart } from "../raw/make-raw-disk.ts";
import { nextGeneration } from "../store/generation-numbers.ts";
import { readStore } from "../store/read-store.ts";
import type { LockedStore } from "../store/with-store-lock.ts";
import { removeQuietly } from "../store/work-area.ts";
import type { StoredImage } from "../stored-image.ts";
import type { FinishedCopy } from "../transfer/copy-image.ts";
import { publishImage } from "./publish-image.ts";
import type { OnStep } from "./steps.ts";

/** A file in the work area that can become an image: whole, on the disk, hashed and judged. */
export interface VerifiedPart extends FinishedCopy, Pick<JudgedImage, "format" | "virtualBytes"> {
  /** Its path, from `temporaryFile`. */
  part: string;
  bytes: number;
}

export interface PublishOptions {
  name: string;
  provenance?: Provenance | undefined;
  /** Keep the disk of a qcow2 image also as a raw file. */
  withRaw?: boolean | undefined;
  now?: Date | undefined;
  signal?: AbortSignal | undefined;
}

/** Makes a verified file of the work area the next generation of a name, and the latest one. The part is gone afterwards. */
export async function publishPart(
  store: LockedStore,
  verified: VerifiedPart,
  options: PublishOptions,
  emit: Emit,
  onStep: OnStep,
): Promise<StoredImage> {
  const { part, format, bytes, virtualBytes, sha256, modifiedNs } = verified;
  const { name, provenance, withRaw = false, now = new Date(), signal } = options;
  let generation: number;
  let raw: RawDiskPart | undefined;
  try {
    generation = await nextGeneration(store, name, await readStore(store.directory, name));
    if (withRaw && format === "qcow2") raw = await makeRawDisk(store, part, { signal, emit });
  } catch (error) {
    await removeQuietly(part);
    throw error;
  }
  const installedAt = now.toISOString();
  const record = { name, generation, format, bytes, virtualBytes, sha256, modifiedNs, installedAt };
  await publishImage(
    store,
    { part, raw },
    { ...record, ...(provenance === undefined ? {} : { provenance }) },
    onStep,
  );
  await onStep("cleaned");
  const image = await readGeneration(store, name, generation);
  emit({ type: "published", file: image.file });
  return image;
}

/** A generation that was just written. */
export async function readGeneration(
  store: LockedStore,
  name: string,
  generation: number,
): Promise<StoredImage> {
  const { entries } = await readStore(store.directory, name);
  return entries.find((entry) => entry.manifest.generation === generation)!.image;
}
