import { checkImageName } from "./names/check-image-name.ts";
import { readStore } from "./store/read-store.ts";
import type { StoredImage } from "./stored-image.ts";

/**
 * The images of the store, by name and newest generation first; of one name only, when it is given. What has no manifest is
 * no image of the store; one whose manifest cannot be read is left out (`verifyImages` names it). A directory that does
 * not exist has no images.
 *
 * @throws ImageStoreError BAD_NAME, IO_FAILED
 */
export async function listImages(options: {
  directory: string;
  name?: string | undefined;
}): Promise<StoredImage[]> {
  if (options.name !== undefined) checkImageName(options.name);
  const { entries } = await readStore(options.directory, options.name);
  return entries.filter((entry) => entry.found !== undefined).map((entry) => entry.image);
}
