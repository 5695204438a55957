import { lstat } from "node:fs/promises";
import { join } from "node:path";

import { imageOfRaw, manifestFileName } from "../names/file-names.ts";
import { readManifest } from "./manifest.ts";

/**
 * Whether a manifest of the store speaks of an image file: its own, or that of the image whose raw disk it is. A manifest
 * that cannot be read counts, so that nothing is taken for unknown because of damage.
 */
export async function isRecorded(directory: string, file: string): Promise<boolean> {
  if (await exists(join(directory, manifestFileName(file)))) return true;
  const image = imageOfRaw(file);
  if (image === undefined) return false;
  const manifestFile = join(directory, manifestFileName(image));
  if (!(await exists(manifestFile))) return false;
  return await readManifest(manifestFile).then(
    (manifest) => manifest.raw?.file === file,
    () => true,
  );
}

async function exists(path: string): Promise<boolean> {
  return await lstat(path).then(
    () => true,
    (error: NodeJS.ErrnoException) => error.code !== "ENOENT",
  );
}
