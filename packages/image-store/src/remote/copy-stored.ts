import { ImageStoreError } from "../errors/image-store-error.ts";
import type { Emit } from "../events/emitter.ts";
import { judgeImage } from "../formats/judge-image.ts";
import type { VerifiedPart } from "../publish/publish-part.ts";
import { openSource } from "../source/open-source.ts";
import type { StoreEntry } from "../store/read-store.ts";
import { removeQuietly, temporaryFile, type WorkArea } from "../store/work-area.ts";
import { copyImage } from "../transfer/copy-image.ts";

/**
 * Copies an image that the store has, as an older generation or under another name, instead of downloading it; as a
 * clone where the file system can. Undefined when it is no longer what was stored.
 */
export async function copyStored(
  entry: StoreEntry,
  area: WorkArea,
  options: { directory: string; signal: AbortSignal | undefined; emit: Emit },
): Promise<VerifiedPart | undefined> {
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
): Promise<VerifiedPart | undefined> {
  const { manifest, image } = entry;
  const source = await openSource(image.file, { followLink: false });
  try {
    const { format, virtualBytes } = await judgeImage(source, manifest.format === "raw");
    const part = temporaryFile(area, "part");
    const { directory, signal, emit } = options;
    const copy = await copyImage(source, part, directory, { signal, emit, onStep: () => {} });
    if (copy.sha256 === manifest.sha256) return { part, ...copy, format, virtualBytes, bytes: source.bytes };
    await removeQuietly(part);
    return undefined;
  } finally {
    await source.close();
  }
}
