import { withLock } from "@sysinit-internal/files";
import { lstat, mkdir, readdir } from "node:fs/promises";
import { dirname, join } from "node:path";

import { fromLock, fromSystem } from "../../errors/from-system.ts";
import { ImageStoreError } from "../../errors/image-store-error.ts";
import type { Emit } from "../../events/emitter.ts";
import { removeQuietly, type WorkArea } from "../../store/work-area.ts";

/** Where the image of one digest is downloaded to. Downloads outlive the process, so that the next one goes on. */
export interface DownloadPlace {
  /** The part of the image that is there. */
  readonly part: string;
  /** What is known of it, as JSON. */
  readonly record: string;
  readonly lock: string;
}

const day = 24 * 60 * 60_000;
/** After this time without a byte more, a download that was not finished is removed by the next one. */
export const keepPartMs = 7 * day;

const ourForm = /^([0-9a-f]{64})\.(part|json|lock)$/;

/** Makes the folder of downloads, on the file system of the images. */
export async function prepareDownloads(area: WorkArea): Promise<string> {
  const directory = join(dirname(area.temporary), "downloads");
  try {
    await mkdir(directory, { recursive: true, mode: 0o700 });
    if ((await lstat(directory)).isDirectory()) return directory;
  } catch (error) {
    throw fromSystem(error, "make the directory", directory);
  }
  throw new ImageStoreError({
    code: "DIRECTORY_UNSAFE",
    message: `the image store is not used: ${directory} is not a directory`,
    hint: "Move it away: the store keeps its downloads there.",
    details: { path: directory },
  });
}

export function downloadPlace(directory: string, sha256: string): DownloadPlace {
  const path = (ending: string) => join(directory, `${sha256}.${ending}`);
  return { part: path("part"), record: path("json"), lock: path("lock") };
}

/**
 * Does work while no other process downloads the same image.
 *
 * @throws ImageStoreError LOCKED, ABORTED
 */
export async function withDownloadLock<Result>(
  place: DownloadPlace,
  options: { signal: AbortSignal | undefined; timeoutMs: number | undefined; emit: Emit },
  work: () => Promise<Result>,
): Promise<Result> {
  const { signal, timeoutMs, emit } = options;
  const onWait = (holderPid: number | undefined) =>
    emit({ type: "waiting-for-lock", ...(holderPid === undefined ? {} : { holderPid }) });
  try {
    return await withLock(place.lock, { signal, timeoutMs, onWait }, work);
  } catch (error) {
    const known = fromLock(error, signal);
    throw ImageStoreError.is(known) ? known : fromSystem(known, "download into", place.part);
  }
}

/** Removes downloads that nobody has gone on with for {@link keepPartMs}, and the locks of processes that are gone. */
export async function sweepDownloads(directory: string, now: Date): Promise<void> {
  const digests = (await readdir(directory)).flatMap((name) => ourForm.exec(name)?.[1] ?? []);
  for (const sha256 of new Set(digests)) {
    const place = downloadPlace(directory, sha256);
    // One that is in use is left alone, however long nothing has come.
    await withLock(place.lock, { timeoutMs: 0 }, async () => {
      const stats = await lstat(place.part).catch(() => undefined);
      const isYoung = stats !== undefined && now.getTime() - stats.mtimeMs < keepPartMs;
      if (!isYoung) await removeQuietly(place.part, place.record);
    }).catch(() => {});
  }
}
