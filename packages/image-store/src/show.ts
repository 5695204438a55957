import { ImageStoreError } from "./errors/image-store-error.ts";
import { findEntry, type ImageChoice } from "./store/find-entry.ts";
import type { StoredImage } from "./stored-image.ts";

/**
 * One image of the store: the given generation, by default the latest. Nothing is read of the image itself.
 *
 * @throws ImageStoreError BAD_NAME, IMAGE_NOT_FOUND, NO_LATEST, MANIFEST_UNREADABLE
 */
export async function showImage(options: ImageChoice): Promise<StoredImage> {
  const { image, found } = await findEntry(options);
  if (found !== undefined) return image;
  throw new ImageStoreError({
    code: "IMAGE_NOT_FOUND",
    message: `the file of generation ${image.generation} of ${image.name} is missing: ${image.file}`,
    hint: "Install the image again.",
    details: { file: image.file, generation: image.generation },
  });
}
