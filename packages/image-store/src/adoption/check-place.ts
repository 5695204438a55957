import { lstat, realpath } from "node:fs/promises";
import { basename, dirname } from "node:path";

import { ImageStoreError } from "../errors/image-store-error.ts";
import { parseImageFileName } from "../names/file-names.ts";

/** A file that stands where an image of the store would. */
export interface AdoptionPlace {
  /** The real path of the store. */
  directory: string;
  file: string;
  name: string;
  format: "qcow2" | "raw";
}

/**
 * Whether a file lies in the store's directory, under a name of the store, and under no other name: who could write to it
 * through another name could change an image of the store.
 *
 * @throws ImageStoreError NOT_ADOPTABLE
 */
export async function checkPlace(directory: string, path: string): Promise<AdoptionPlace> {
  const store = await realpath(directory).catch(() => directory);
  if ((await realpath(dirname(path)).catch(() => undefined)) !== store)
    throw notAdoptable(path, `it does not lie in ${store}`);
  const file = basename(path);
  const parts = parseImageFileName(file);
  if (parts === undefined)
    throw notAdoptable(path, "its name is not sysinit-NAME-YYYYMMDD-HHMMSS.qcow2 or .raw");
  const stats = await lstat(path).catch(() => undefined);
  if (stats?.isFile() && stats.nlink > 1) throw notAdoptable(path, "the file has other names as well");
  return { directory: store, file, ...parts };
}

export function notAdoptable(path: string, reason: string): ImageStoreError {
  return new ImageStoreError({
    code: "NOT_ADOPTABLE",
    message: `${path} cannot be adopted: ${reason}`,
    hint: "Install it instead: the store then makes its own copy.",
    details: { path, reason },
  });
}
