import { runRemove, type RemoveOptions, type RemoveResult } from "./removal/run-remove.ts";

export type { RemoveOptions, RemoveResult };

/**
 * Removes one generation, or a name with all its generations and its latest link. What an instance needs is never removed:
 * its disks are looked at, its lima.yaml, hard links and open files, before and once more when nobody can open the image
 * any more. Generation numbers are not used again.
 *
 * @throws ImageStoreError BAD_NAME, IMAGE_NOT_FOUND, NO_LATEST, MANIFEST_UNREADABLE, IMAGE_IS_CURRENT, IMAGE_NEEDED,
 *   INSTANCE_UNREADABLE (all change nothing), DIRECTORY_NOT_WRITABLE, DIRECTORY_UNSAFE, DISK_FULL, LOCKED, ABORTED, IO_FAILED
 */
export async function removeImage(options: RemoveOptions): Promise<RemoveResult> {
  return await runRemove(options, () => {});
}
