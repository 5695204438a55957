import { createEmitter, type Emit } from "../events/emitter.ts";
import { judgeImage, type JudgedImage } from "../formats/judge-image.ts";
import { checkProvenance, type Provenance } from "../manifest/provenance.ts";
import { checkImageName } from "../names/check-image-name.ts";
import { throwIfAborted } from "../errors/from-system.ts";
import { openSource, type ImageSource } from "../source/open-source.ts";
import { readLatestLinks } from "../store/latest-link.ts";
import { warnAboutFileSystem } from "../store/network-file-system.ts";
import { readStore } from "../store/read-store.ts";
import { withStoreLock, type LockedStore, type StoreOptions } from "../store/with-store-lock.ts";
import { removeQuietly, temporaryFile } from "../store/work-area.ts";
import type { StoredImage } from "../stored-image.ts";
import { copyImage } from "../transfer/copy-image.ts";
import { findSameImage } from "./find-same-image.ts";
import { publishPart } from "./publish-part.ts";
import { reuseGeneration } from "./reuse-generation.ts";
import type { OnStep } from "./steps.ts";

export interface InstallOptions extends StoreOptions {
  /** Where the store is; made when it is not there. See `imagesDirectory`. */
  directory: string;
  /** As `lima-minimal`; see `checkImageName`. */
  name: string;
  /** Path of the image: qcow2, or a raw disk with a partition table. Not a symbolic link. It is only read. */
  source: string;
  /** Kept in the manifest as it is given. */
  provenance?: Provenance | undefined;
  /** Says that the image is a raw disk, for one without a partition table; by default the content tells. */
  format?: "raw" | undefined;
  /**
   * Keeps the disk of a qcow2 image also as a raw file beside it, `image.raw`; by default not. Lima's vz driver converts a
   * qcow2 image each time that it creates an instance, and clones a raw one; QEMU takes qcow2 as it is.
   */
  withRaw?: boolean | undefined;
  /** Time that the file name and the manifest carry; by default now. */
  now?: Date | undefined;
}

export interface InstallResult {
  image: StoredImage;
  /** "unchanged": the latest generation is the same image, nothing was written. */
  outcome: "installed" | "unchanged";
}

/** `installImage`, telling each step that it has done. */
export async function runInstall(options: InstallOptions, onStep: OnStep): Promise<InstallResult> {
  const emit = createEmitter(options.onEvent);
  checkImageName(options.name);
  const provenance = checkProvenance(options.provenance);
  throwIfAborted(options.signal);
  const source = await openSource(options.source, { followLink: false });
  try {
    const judged = await judgeImage(source, options.format === "raw");
    return await withStoreLock(options, emit, async (store) => {
      await onStep("locked");
      return await installLocked({ ...options, provenance }, store, source, judged, emit, onStep);
    });
  } finally {
    await source.close();
  }
}

async function installLocked(
  options: InstallOptions,
  store: LockedStore,
  source: ImageSource,
  judged: JudgedImage,
  emit: Emit,
  onStep: OnStep,
): Promise<InstallResult> {
  const { name, signal } = options;
  const totalBytes = source.bytes;
  await warnAboutFileSystem(store.directory, emit);
  await readLatestLinks(store.directory, name);
  const content = await readStore(store.directory, name);

  const onHash = (doneBytes: number) => emit({ type: "hash", doneBytes, totalBytes });
  const same = await findSameImage(source, content, { signal, onProgress: onHash });
  if (same !== undefined) {
    const reused = await reuseGeneration(store, same, options, emit);
    if (reused !== undefined) return reused;
  }

  const part = temporaryFile(store.area, "part");
  const copy = await copyImage(source, part, store.directory, { signal, emit, onStep });
  try {
    await onStep("copied");
    const verified = { part, ...copy, ...judged, bytes: source.bytes };
    return { image: await publishPart(store, verified, options, emit, onStep), outcome: "installed" };
  } catch (error) {
    await removeQuietly(part);
    throw error;
  }
}
