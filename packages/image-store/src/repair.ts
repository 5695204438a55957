import { runRepair, type RepairFinding, type RepairOptions, type RepairResult } from "./repair/run-repair.ts";

export type { RepairFinding, RepairOptions, RepairResult };

/**
 * Puts the store right after damage from outside: ends what killed processes left, sets records aside that cannot be read or
 * whose image is gone, leads the latest links to images. No image is removed, and nothing of the user's is touched: that is
 * told only. A store that is not there has nothing to repair.
 *
 * Images are not read, but for the one that a broken latest link will lead to: `verifyImages` reads all.
 *
 * @throws ImageStoreError DIRECTORY_NOT_WRITABLE, DIRECTORY_UNSAFE, DISK_FULL, LOCKED, ABORTED, IO_FAILED
 */
export async function repairStore(options: RepairOptions): Promise<RepairResult> {
  return await runRepair(options);
}
