import { open, statfs, unlink } from "node:fs/promises";

import type { WorkArea } from "./work-area.ts";

const reserveBytes = 64 * 1024;
const tightBytes = 1024 * 1024;

/**
 * Keeps a little space back, so that images can still be removed when the disk is full: the lock and a record need some. As far
 * as there is room.
 */
export async function keepReserve(area: WorkArea): Promise<void> {
  for (const path of area.reserves) {
    const handle = await open(path, "wx", 0o600).catch(() => undefined);
    if (handle === undefined) continue;
    // Not zeros: some file systems would not give them any space.
    const written = await handle.writeFile(Buffer.alloc(reserveBytes, 1)).then(
      () => true,
      () => false,
    );
    await handle.close();
    if (!written) await unlink(path).catch(() => {});
  }
}

/** Gives the reserve back to the file system, where the disk or its inodes are as good as full. */
export async function releaseReserveIfFull(directory: string, area: WorkArea): Promise<void> {
  const { bavail, bsize, files, ffree } = await statfs(directory);
  // File systems without a fixed number of inodes say 0 of 0.
  const full = bavail * bsize < tightBytes || (files > 0 && ffree < area.reserves.length + 1);
  if (!full) return;
  for (const path of area.reserves) await unlink(path).catch(() => {});
}
