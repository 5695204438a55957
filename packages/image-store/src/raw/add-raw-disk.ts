import { syncDirectory } from "@sysinit-internal/files";
import { join } from "node:path";

import { writeManifest, type Manifest } from "../manifest/manifest.ts";
import { manifestFileName, rawFileName } from "../names/file-names.ts";
import { linkIfFree } from "../publish/publish-image.ts";
import type { LockedStore } from "../store/with-store-lock.ts";
import { removeQuietly } from "../store/work-area.ts";
import type { ConversionOptions } from "./conversion-options.ts";
import { makeRawDisk } from "./make-raw-disk.ts";

/**
 * Puts a raw disk beside a qcow2 image that is stored already: linked to its name first, then recorded, so that a kill in
 * between leaves a file that the next verb takes back. False when a file that is not ours has that name.
 */
export async function addRawDisk(
  store: LockedStore,
  manifest: Manifest,
  options: ConversionOptions,
): Promise<boolean> {
  const { directory, area } = store;
  const file = rawFileName(manifest.file);
  const { part, ...facts } = await makeRawDisk(store, join(directory, manifest.file), options);
  const path = join(directory, file);
  try {
    if (!(await linkIfFree(part, path))) return false;
    try {
      await syncDirectory(directory);
      const record: Manifest = { ...manifest, raw: { file, ...facts } };
      await writeManifest(join(directory, manifestFileName(manifest.file)), record, area.temporary);
    } catch (error) {
      await removeQuietly(path);
      throw error;
    }
    return true;
  } finally {
    await removeQuietly(part);
  }
}
