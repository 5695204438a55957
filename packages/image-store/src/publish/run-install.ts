import { syncDirectory, withLock } from "@sysinit-internal/files";
import { realpath } from "node:fs/promises";

import { fromLock, fromSystem, throwIfAborted } from "../errors/from-system.ts";
import { ImageStoreError } from "../errors/image-store-error.ts";
import { createEmitter, type Emit } from "../events/emitter.ts";
import type { StoreEvent } from "../events/store-event.ts";
import { judgeImage, type JudgedImage } from "../formats/judge-image.ts";
import { provenanceSchema, type Provenance } from "../manifest/provenance.ts";
import { checkImageName } from "../names/check-image-name.ts";
import { openSource, type ImageSource } from "../source/open-source.ts";
import { flipLatestLink, readLatestLinks } from "../store/latest-link.ts";
import { nextGeneration, readStore } from "../store/read-store.ts";
import { prepareStore, temporaryFile, type WorkArea } from "../store/work-area.ts";
import type { StoredImage } from "../stored-image.ts";
import { checkSpace } from "../transfer/check-space.ts";
import { copyImage } from "../transfer/copy-image.ts";
import { findSameImage } from "./find-same-image.ts";
import { publishImage } from "./publish-image.ts";
import type { OnStep } from "./steps.ts";
import { undoHalfPublished } from "./undo-half-published.ts";

export interface InstallOptions {
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
  /** Time that the file name and the manifest carry; by default now. */
  now?: Date | undefined;
  /** How long to wait for another process that uses the store; 10 minutes by default. */
  lockTimeoutMs?: number | undefined;
  signal?: AbortSignal | undefined;
  onEvent?: ((event: StoreEvent) => void) | undefined;
}

export interface InstallResult {
  image: StoredImage;
  /** "unchanged": the latest generation is the same image, nothing was written. */
  outcome: "installed" | "unchanged";
}

const defaultLockTimeoutMs = 10 * 60_000;

/** `installImage`, telling each step that it has done. */
export async function runInstall(options: InstallOptions, onStep: OnStep): Promise<InstallResult> {
  const emit = createEmitter(options.onEvent);
  checkImageName(options.name);
  const provenance = checkProvenance(options.provenance);
  throwIfAborted(options.signal);
  const source = await openSource(options.source, { followLink: false });
  try {
    const judged = await judgeImage(source, options.format === "raw");
    await prepareStore(options.directory);
    const directory = await realpath(options.directory);
    const area = await prepareStore(directory);
    return await locked(area, options, emit, async () => {
      await onStep("locked");
      return await installLocked({ ...options, directory, provenance }, area, source, judged, emit, onStep);
    });
  } finally {
    await source.close();
  }
}

async function locked<Result>(
  area: WorkArea,
  options: InstallOptions,
  emit: Emit,
  work: () => Promise<Result>,
): Promise<Result> {
  const { signal, lockTimeoutMs: timeoutMs = defaultLockTimeoutMs } = options;
  const onWait = (holderPid: number | undefined) =>
    emit({ type: "waiting-for-lock", ...(holderPid === undefined ? {} : { holderPid }) });
  try {
    return await withLock(area.lock, { signal, timeoutMs, onWait }, work);
  } catch (error) {
    const known = fromLock(error, signal);
    throw ImageStoreError.is(known) ? known : fromSystem(known, "work in", options.directory);
  }
}

async function installLocked(
  options: InstallOptions,
  area: WorkArea,
  source: ImageSource,
  judged: JudgedImage,
  emit: Emit,
  onStep: OnStep,
): Promise<InstallResult> {
  const { directory, name, signal } = options;
  const totalBytes = source.bytes;
  await undoHalfPublished(directory, area);
  await readLatestLinks(directory, name);
  const content = await readStore(directory, name);

  const onHash = (doneBytes: number) => emit({ type: "hash", doneBytes, totalBytes });
  const same = await findSameImage(source, content, { signal, onProgress: onHash });
  if (same?.image.latest) return { image: same.image, outcome: "unchanged" };
  if (same !== undefined) {
    await flipLatestLink(directory, same.manifest, area);
    await syncDirectory(directory);
    return { image: await readBack(directory, name, same.manifest.generation), outcome: "installed" };
  }

  await checkSpace(directory, Math.min(source.bytes, source.allocatedBytes));
  await onStep("checked");
  const part = temporaryFile(area, "part");
  const onCopy = (doneBytes: number) => emit({ type: "copy", doneBytes, totalBytes });
  const copy = await copyImage(source, part, { signal, onProgress: onCopy }).catch((error: unknown) => {
    throw fromSystem(error, "copy the image into", directory);
  });
  await onStep("copied");

  const generation = await nextGeneration(content);
  const record = {
    name,
    generation,
    format: judged.format,
    bytes: source.bytes,
    virtualBytes: judged.virtualBytes,
    ...copy,
    installedAt: (options.now ?? new Date()).toISOString(),
    ...(options.provenance === undefined ? {} : { provenance: options.provenance }),
  };
  await publishImage(directory, area, part, record, onStep);
  await onStep("cleaned");
  const image = await readBack(directory, name, generation);
  emit({ type: "published", file: image.file });
  return { image, outcome: "installed" };
}

function checkProvenance(provenance: Provenance | undefined): Provenance | undefined {
  if (provenance === undefined) return undefined;
  const parsed = provenanceSchema.safeParse(provenance);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new TypeError(`provenance.${issue?.path.join(".")}: ${issue?.message}`);
}

async function readBack(directory: string, name: string, generation: number): Promise<StoredImage> {
  const { entries } = await readStore(directory, name);
  return entries.find((entry) => entry.manifest.generation === generation)!.image;
}
