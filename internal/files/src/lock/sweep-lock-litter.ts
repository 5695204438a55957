import { readdir, unlink } from "node:fs/promises";
import { basename, dirname, join } from "node:path";

import { isSameProcessAlive } from "../processes/process-identity.ts";
import { isBesideLock, readLockFile } from "./lock-file.ts";

/** Removes the files that processes killed while they were making or taking over this lock left beside it. */
export async function sweepLockLitter(path: string): Promise<void> {
  const directory = dirname(path);
  for (const name of await readdir(directory)) {
    if (!isBesideLock(basename(path), name)) continue;
    const litter = join(directory, name);
    const found = await readLockFile(litter).catch(() => undefined);
    if (found?.owner === undefined || (await isSameProcessAlive(found.owner))) continue;
    await unlink(litter).catch(() => {});
  }
}
