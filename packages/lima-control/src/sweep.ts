import { readdir } from "node:fs/promises";
import { join } from "node:path";

import { FilesError, withLock } from "@sysinit-internal/files";

import { createTeller, type Teller } from "./events/teller.ts";
import { throwIfAborted } from "./failures/aborted.ts";
import { LimaControlError } from "./failures/lima-control-error.ts";
import type { CallOptions } from "./handles/options.ts";
import { instanceOnDisk } from "./instances/instance-directory.ts";
import { isAbandoned, leasedNames, readLease } from "./leases/lease.ts";
import type { LimaContext } from "./lima-context.ts";
import { ownDirectory, withInstanceLock } from "./locks/instance-lock.ts";
import { deleteUnlocked } from "./delete.ts";

export interface SweepOptions extends CallOptions {
  /** Only say which would be deleted. Default: false. */
  dryRun?: boolean | undefined;
}

/**
 * Deletes the instances that a process of ours made, meant to delete, and did not because it died; returns their names.
 * An instance without a lease, or whose owner lives, is never touched, nor is one that is being worked on just now.
 * Leases without an instance and locks of dead processes go as well.
 */
export async function sweep(context: LimaContext, options: SweepOptions = {}): Promise<string[]> {
  const swept: string[] = [];
  for (const name of await leasedNames(context.home)) {
    throwIfAborted("the sweep", options.signal);
    const lease = await readLease(context.home, name);
    if (lease === undefined || !(await isAbandoned(lease))) continue;
    const isThere = (await instanceOnDisk(context.home, name)) !== "absent";
    if (options.dryRun === true) {
      if (isThere) swept.push(name);
      continue;
    }
    const teller = createTeller(name, context.onEvent);
    try {
      const deleted = await withInstanceLock(
        context,
        name,
        { teller, signal: options.signal, waitMs: sweepWaitMs },
        () => deleteAbandoned(context, name, teller),
      );
      if (deleted && isThere) swept.push(name);
    } catch (error) {
      // Somebody works on it: then it is not abandoned any more.
      if (!LimaControlError.is(error, "INSTANCE_BUSY")) throw error;
    }
  }
  if (options.dryRun !== true) await removeDeadLocks(context.home);
  return swept;
}

// Longer than a lock file stays unreadable before it counts as cut off by a crash.
const sweepWaitMs = 4_000;

/** Deletes the instance if its lease says that its owner died, for a caller that holds the lock; says whether it did. */
export async function deleteAbandoned(context: LimaContext, name: string, teller: Teller): Promise<boolean> {
  const lease = await readLease(context.home, name);
  if (lease === undefined || !(await isAbandoned(lease))) return false;
  teller.tell({
    type: "message",
    level: "info",
    text: `instance ${name} was left behind by process ${lease.process.pid}, which is gone: deleting it`,
  });
  await deleteUnlocked(context, name, teller);
  return true;
}

// Taking a lock whose owner is dead and giving it back removes it.
async function removeDeadLocks(home: string): Promise<void> {
  const directory = ownDirectory(home, "locks");
  const files = await readdir(directory).catch(() => []);
  for (const file of files.filter((name) => name.endsWith(".lock"))) {
    await withLock(join(directory, file), { timeoutMs: 0 }, async () => {}).catch((error: unknown) => {
      if (!FilesError.is(error, "LOCK_TIMEOUT")) throw error;
    });
  }
}
