import { chooseGeneration, runUse, type UseOptions, type UseResult } from "./current/run-use.ts";

export type { UseOptions, UseResult };

/**
 * Lets the latest link lead to a generation of an image, in one step; readers find either the one before or this one. The
 * image is read to its end first. What instances were made from stays as it is.
 *
 * @throws ImageStoreError BAD_NAME, IMAGE_NOT_FOUND, MANIFEST_UNREADABLE, IMAGE_DAMAGED, LATEST_NOT_A_LINK (all change
 *   nothing), DIRECTORY_NOT_WRITABLE, DIRECTORY_UNSAFE, DISK_FULL, LOCKED, ABORTED, IO_FAILED
 */
export async function useImage(options: UseOptions): Promise<UseResult> {
  const { directory, name, generation } = options;
  return await runUse(options, chooseGeneration(directory, name, generation), () => {});
}
