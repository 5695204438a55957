import { join } from "node:path";

import { imageOfRaw, manifestFileName } from "../names/file-names.ts";
import { isThere } from "../store/is-there.ts";
import { readManifest } from "./manifest.ts";

/**
 * Whether a manifest of the store speaks of an image file: its own, or that of the image whose raw disk it is. A manifest
 * that cannot be read counts, so that nothing is taken for unknown because of damage.
 */
export async function isRecorded(directory: string, file: string): Promise<boolean> {
  if (await isThere(join(directory, manifestFileName(file)))) return true;
  const image = imageOfRaw(file);
  if (image === undefined) return false;
  const manifestFile = join(directory, manifestFileName(image));
  if (!(await isThere(manifestFile))) return false;
  return await readManifest(manifestFile).then(
    (manifest) => manifest.raw?.file === file,
    () => true,
  );
}
