import { judgeImage } from "./formats/judge-image.ts";
import type { ImageFormat } from "./names/file-names.ts";
import { openSource } from "./source/open-source.ts";

/** What an image file is, by its content. */
export interface ImageInspection {
  format: ImageFormat;
  /** Size of the disk that a VM sees. */
  virtualBytes: number;
  /** Size of the file. */
  bytes: number;
  /** What the file takes on the disk. */
  allocatedBytes: number;
  /** What may make trouble later, one sentence each. */
  warnings: readonly string[];
}

/**
 * Reads the beginning of an image file, at most 64 KiB of it, and says what it is. No other program is run, and no file
 * that the image names is opened. A symbolic link is followed.
 *
 * @throws ImageStoreError NOT_AN_IMAGE, UNSAFE_IMAGE, SOURCE_NOT_FOUND, SOURCE_NOT_A_FILE, SOURCE_UNREADABLE
 */
export async function inspectImage(file: string): Promise<ImageInspection> {
  const source = await openSource(file, { followLink: true });
  try {
    const judged = await judgeImage(source, false);
    return { ...judged, bytes: source.bytes, allocatedBytes: source.allocatedBytes };
  } finally {
    await source.close();
  }
}
