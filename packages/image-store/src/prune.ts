import { runPrune, type PruneOptions, type PruneResult } from "./prune/run-prune.ts";

export type { PruneOptions, PruneResult };

/**
 * Carries out a plan exactly, or refuses it when the store or what needs its images has changed since. Each image is looked
 * for once more in all instances before it is removed, and again when nobody can open it any more. One that cannot be
 * removed does not keep the others.
 *
 * @throws ImageStoreError PLAN_OUTDATED, INSTANCE_UNREADABLE, BAD_NAME, BAD_CRITERIA (all change nothing),
 *   DIRECTORY_NOT_WRITABLE, DIRECTORY_UNSAFE, DISK_FULL, LOCKED, ABORTED, IO_FAILED
 */
export async function prune(options: PruneOptions): Promise<PruneResult> {
  return await runPrune(options, () => {});
}
