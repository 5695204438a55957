import { lstat, readdir } from "node:fs/promises";
import { join } from "node:path";

import { isRecorded } from "../manifest/is-recorded.ts";
import { parseImageFileName } from "../names/file-names.ts";
import { listLeftovers, removeQuietly, type WorkArea } from "../store/work-area.ts";

/**
 * Removes what killed installs left: temporary files, and an image that was linked to its name but has no manifest yet.
 * That it is ours, and not an image that a user put there, shows by its being the same file as a temporary one.
 * Only to be called while holding the lock. Gives the removed paths.
 */
export async function undoHalfPublished(directory: string, area: WorkArea): Promise<string[]> {
  const removed: string[] = [];
  for (const leftover of await listLeftovers(area)) {
    const stats = await lstat(leftover);
    if (stats.isFile() && stats.nlink > 1) removed.push(...(await unrecordedNamesOf(stats.ino, directory)));
    removed.push(leftover);
  }
  await removeQuietly(...removed);
  return removed;
}

async function unrecordedNamesOf(ino: number, directory: string): Promise<string[]> {
  const found: string[] = [];
  for (const name of await readdir(directory)) {
    if (parseImageFileName(name) === undefined) continue;
    const path = join(directory, name);
    const stats = await lstat(path);
    if (stats.isFile() && stats.ino === ino && !(await isRecorded(directory, name))) found.push(path);
  }
  return found;
}
