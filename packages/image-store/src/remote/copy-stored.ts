import { ImageStoreError } from "../errors/image-store-error.ts";
import type { Emit } from "../events/emitter.ts";
import { judgeImage } from "../formats/judge-image.ts";
import { openSource } from "../source/open-source.ts";
import type { StoreEntry } from "../store/read-store.ts";
import { removeQuietly, temporaryFile, type WorkArea } from "../store/work-area.ts";
import { checkSpace } from "../transfer/check-space.ts";
import { copyImage } from "../transfer/copy-image.ts";
import type { FinishedPart } from "./publish-unless-same.ts";

/**
 * Copies an image that the store has, as an older generation or under another name, instead of downloading it; as a
 * clone where the file system can. Undefined when it is no longer what was stored.
 */
export async function copyStored(
  entry: StoreEntry,
  area: WorkArea,
  options: { directory: string; signal: AbortSignal | undefined; emit: Emit },
): Promise<FinishedPart | undefined> {
  try {
    return await copyWhole(entry, area, options);
  } catch (error) {
    const damaged = ImageStoreError.is(error) && /^(SOURCE_|NOT_AN_IMAGE|UNSAFE_IMAGE)/.test(error.code);
    if (damaged) return undefined;
    throw error;
  }
}

async function copyWhole(
  entry: StoreEntry,
  area: WorkArea,
  options: { directory: string; signal: AbortSignal | undefined; emit: Emit },
): Promise<FinishedPart | undefined> {
  const { manifest, image } = entry;
  const source = await openSource(image.file, { followLink: false });
  try {
    const totalBytes = source.bytes;
    const { format, virtualBytes } = await judgeImage(source, manifest.format === "raw");
    await checkSpace(options.directory, Math.min(totalBytes, source.allocatedBytes));
    const path = temporaryFile(area, "part");
    const onProgress = (doneBytes: number) => options.emit({ type: "copy", doneBytes, totalBytes });
    const { sha256, modifiedNs } = await copyImage(source, path, { signal: options.signal, onProgress });
    if (sha256 === manifest.sha256) return { path, format, bytes: totalBytes, virtualBytes, modifiedNs };
    await removeQuietly(path);
    return undefined;
  } finally {
    await source.close();
  }
}
