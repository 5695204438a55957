import { lstat, rename } from "node:fs/promises";

import { ImageStoreError } from "../errors/image-store-error.ts";
import { judgeImage, type JudgedImage } from "../formats/judge-image.ts";
import { openSource, type ImageSource } from "../source/open-source.ts";
import type { VerifiedPart } from "../publish/publish-part.ts";
import { removeQuietly, temporaryFile, type WorkArea } from "../store/work-area.ts";
import type { DownloadPlace } from "./download/download-area.ts";

/**
 * Judges a finished download as an install would; one that is refused is removed.
 *
 * @throws ImageStoreError NOT_AN_IMAGE, UNSAFE_IMAGE
 */
export async function judgeDownload(
  place: DownloadPlace,
  shown: string,
  asRaw: boolean,
): Promise<JudgedImage> {
  const source = await openSource(place.part, { followLink: false });
  try {
    return await judgeImage(named(source, shown), asRaw);
  } catch (error) {
    if (ImageStoreError.is(error)) await removeQuietly(place.part, place.record);
    throw error;
  } finally {
    await source.close();
  }
}

/** Moves a finished download to where the store publishes from. */
export async function takeDownload(
  place: DownloadPlace,
  judged: JudgedImage,
  sha256: string,
  area: WorkArea,
): Promise<VerifiedPart> {
  const part = temporaryFile(area, "part");
  await rename(place.part, part);
  await removeQuietly(place.record);
  const { size, mtimeNs } = await lstat(part, { bigint: true });
  const { format, virtualBytes } = judged;
  return { part, format, virtualBytes, sha256, bytes: Number(size), modifiedNs: mtimeNs.toString() };
}

// What is wrong with it is told of the address, which the caller knows, not of our file.
function named(source: ImageSource, path: string): ImageSource {
  return {
    path,
    handle: source.handle,
    bytes: source.bytes,
    allocatedBytes: source.allocatedBytes,
    read: (position, length) => source.read(position, length),
    checkUnchanged: () => source.checkUnchanged(),
    close: () => source.close(),
  };
}
