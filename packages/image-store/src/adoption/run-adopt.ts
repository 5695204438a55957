import { join } from "node:path";

import { makeCurrent } from "../current/make-current.ts";
import { createEmitter } from "../events/emitter.ts";
import { isRecorded } from "../manifest/is-recorded.ts";
import { writeManifest, type Manifest } from "../manifest/manifest.ts";
import { checkProvenance, type Provenance } from "../manifest/provenance.ts";
import { manifestFileName } from "../names/file-names.ts";
import { nextGeneration } from "../store/generation-numbers.ts";
import { entryFor, readStore, type StoreEntry } from "../store/read-store.ts";
import { withStoreLock, type LockedStore, type StoreOptions } from "../store/with-store-lock.ts";
import { workAreaOf } from "../store/work-area.ts";
import type { StoredImage } from "../stored-image.ts";
import { checkPlace, notAdoptable, type AdoptionPlace } from "./check-place.ts";
import { describeFile, type FileFacts } from "./describe.ts";

export interface AdoptOptions extends StoreOptions {
  /** Path of an image in the store's directory with a name of the store, `sysinit-NAME-YYYYMMDD-HHMMSS.qcow2`, and no manifest. */
  file: string;
  /** Kept in the manifest as it is given. */
  provenance?: Provenance | undefined;
  /** Time that the manifest carries; by default now. */
  now?: Date | undefined;
  /** Check everything, change nothing, and tell what would be; by default false. */
  dryRun?: boolean | undefined;
}

export interface AdoptResult {
  image: StoredImage;
  /** "unchanged": it has a manifest already. */
  outcome: "adopted" | "unchanged";
}

/** The steps of `adoptImage`, in order. */
export const adoptSteps = ["hashed", "recorded", "flipped"] as const;
export type OnAdoptStep = (step: (typeof adoptSteps)[number]) => Promise<void> | void;

/** `adoptImage`, telling each step that it has done. */
export async function runAdopt(options: AdoptOptions, onStep: OnAdoptStep): Promise<AdoptResult> {
  const { signal, dryRun = false } = options;
  const emit = createEmitter(options.onEvent);
  const provenance = checkProvenance(options.provenance);
  const place = await checkPlace(options.directory, options.file);
  const describe = (makeReadable: boolean) => describeFile(place, { signal, emit, makeReadable });
  if (dryRun) {
    const known = await recordedImage(place);
    if (known !== undefined) return { image: known, outcome: "unchanged" };
    const store = { directory: place.directory, area: workAreaOf(place.directory) };
    const manifest = await manifestFor(store, place, await describe(false), options.now, provenance);
    const latest = (await currentOf(place)) === undefined;
    return { image: { ...(await entryFor(place.directory, manifest)).image, latest }, outcome: "adopted" };
  }
  return await withStoreLock(options, emit, async (store) => {
    const known = await recordedImage(place);
    if (known !== undefined) return { image: known, outcome: "unchanged" };
    const facts = await describe(true);
    await onStep("hashed");
    const manifest = await manifestFor(store, place, facts, options.now, provenance);
    const manifestFile = join(store.directory, manifestFileName(place.file));
    await writeManifest(manifestFile, manifest, store.area.temporary);
    await onStep("recorded");
    const current = await currentOf(place);
    const entry = await entryFor(store.directory, manifest);
    // Also when the link leads to it already, since it may have been made by hand and be absolute.
    if (current === undefined || current.manifest.file === place.file) await makeCurrent(store, entry);
    await onStep("flipped");
    emit({ type: "published", file: entry.image.file });
    return { image: (await recordedImage(place))!, outcome: "adopted" };
  });
}

async function manifestFor(
  store: LockedStore,
  { name, file, directory }: AdoptionPlace,
  facts: FileFacts,
  now = new Date(),
  provenance: Provenance | undefined,
): Promise<Manifest> {
  const generation = await nextGeneration(store, name, await readStore(directory, name));
  const record = { schema: 1 as const, name, generation, file, ...facts, installedAt: now.toISOString() };
  return provenance === undefined ? record : { ...record, provenance };
}

/** The image of the store that the file is already; one whose manifest cannot be read is repaired first. */
async function recordedImage(place: AdoptionPlace): Promise<StoredImage | undefined> {
  const { directory, name, file } = place;
  if (!(await isRecorded(directory, file))) return undefined;
  const { entries } = await readStore(directory, name);
  const known = entries.find(({ manifest }) => manifest.file === file || manifest.raw?.file === file);
  if (known !== undefined) return known.image;
  throw notAdoptable(
    join(directory, file),
    "it has a manifest, which cannot be read: repair the store first",
  );
}

async function currentOf({ directory, name }: AdoptionPlace): Promise<StoreEntry | undefined> {
  const { entries } = await readStore(directory, name);
  return entries.find((entry) => entry.image.latest);
}
