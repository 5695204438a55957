import { readdir, stat, unlink } from "node:fs/promises";
import { basename, dirname, join } from "node:path";

import { isSameProcessAlive } from "../processes/process-identity.ts";
import { isBesideLock, readLockFile } from "./lock-file.ts";

// Such a file gets its content within milliseconds after it is made.
const unreadableGraceMs = 5_000;

/** Removes the files that processes killed while they were making or taking over this lock left beside it. */
export async function sweepLockLitter(path: string): Promise<void> {
  const directory = dirname(path);
  for (const name of await readdir(directory)) {
    if (!isBesideLock(basename(path), name)) continue;
    const litter = join(directory, name);
    if (await isLitter(litter)) await unlink(litter).catch(() => {});
  }
}

async function isLitter(file: string): Promise<boolean> {
  try {
    const found = await readLockFile(file);
    if (found === undefined) return false;
    if (found.owner !== undefined) return !(await isSameProcessAlive(found.owner));
    return Date.now() - (await stat(file)).mtimeMs > unreadableGraceMs;
  } catch {
    return false;
  }
}
