import { statfs } from "node:fs/promises";

import { ImageStoreError } from "../errors/image-store-error.ts";

const mebibyte = 1024 ** 2;
const marginFraction = 0.05;
const largestMarginBytes = 256 * mebibyte;

/**
 * Refuses early when the image cannot fit. Some space is left over, since a file system that is filled to the brim harms
 * everything on it.
 *
 * @throws ImageStoreError DISK_FULL
 */
export async function checkSpace(directory: string, imageBytes: number): Promise<void> {
  const { bavail, bsize } = await statfs(directory);
  const availableBytes = bavail * bsize;
  const neededBytes = imageBytes + Math.min(Math.ceil(imageBytes * marginFraction), largestMarginBytes);
  if (availableBytes >= neededBytes) return;
  const [needed, available] = [neededBytes, availableBytes].map(
    (bytes) => `${(bytes / mebibyte).toFixed(1)} MiB`,
  );
  throw new ImageStoreError({
    code: "DISK_FULL",
    message: `no room for the image in ${directory}: ${needed} are needed, ${available} are free`,
    hint: "Free space there, or choose another directory.",
    details: { directory, neededBytes, availableBytes },
  });
}
