import { syncDirectory } from "@sysinit-internal/files";
import { link } from "node:fs/promises";
import { basename, join } from "node:path";

import { isRecorded } from "../manifest/is-recorded.ts";
import { listLeftovers, removeQuietly, setAsideName, type WorkArea } from "../store/work-area.ts";

/**
 * Ends removals that were killed. The manifest decides: while it is there the image is of the store, and is put back; once
 * it is gone, what was set aside goes too. Gives the removed paths.
 */
export async function finishRemovals(directory: string, area: WorkArea): Promise<string[]> {
  const removed: string[] = [];
  for (const leftover of await listLeftovers(area)) {
    const file = setAsideName(basename(leftover));
    if (file === undefined) continue;
    // link(2), since it replaces nothing: who put another file there meanwhile keeps it.
    if (await isRecorded(directory, file)) await link(leftover, join(directory, file)).catch(ignoreTaken);
    else removed.push(leftover);
    await removeQuietly(leftover);
    await syncDirectory(directory);
  }
  return removed;
}

function ignoreTaken(error: NodeJS.ErrnoException): void {
  if (error.code !== "EEXIST") throw error;
}
