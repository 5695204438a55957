import { runAdopt, type AdoptOptions, type AdoptResult } from "./adoption/run-adopt.ts";

export type { AdoptOptions, AdoptResult };

/**
 * Makes an image that somebody put into the store's directory by hand one of the store: judges and hashes it, and writes its
 * manifest. It becomes the next generation of its name, and the latest one when the name has none. The file stays where it
 * is; its mode becomes 0644.
 *
 * @throws ImageStoreError NOT_ADOPTABLE, SOURCE_NOT_FOUND, SOURCE_NOT_A_FILE, SOURCE_UNREADABLE, SOURCE_CHANGED,
 *   NOT_AN_IMAGE, UNSAFE_IMAGE, LATEST_NOT_A_LINK, DIRECTORY_NOT_WRITABLE, DIRECTORY_UNSAFE, DISK_FULL, LOCKED, ABORTED,
 *   IO_FAILED
 */
export async function adoptImage(options: AdoptOptions): Promise<AdoptResult> {
  return await runAdopt(options, () => {});
}
