import { readdir, rm } from "node:fs/promises";
import { join } from "node:path";

import { FilesError, withLock } from "@sysinit-internal/files";

import type { VmEventListener } from "./events/vm-event.ts";
import { createTeller, type Teller } from "./events/teller.ts";
import { throwIfAborted } from "./failures/aborted.ts";
import { LimaControlError } from "./failures/lima-control-error.ts";
import type { CallOptions } from "./handles/options.ts";
import { instanceOnDisk } from "./instances/instance-directory.ts";
import { isAbandoned, isOfLease, leasedNames, readLease, removeLease, tornLeases } from "./leases/lease.ts";
import { endOrphanedLimactl } from "./leases/orphaned-limactl.ts";
import type { LimaContext } from "./lima-context.ts";
import { ownDirectory, withInstanceLock } from "./locks/instance-lock.ts";
import { deleteUnlocked } from "./delete.ts";

export interface SweepOptions extends CallOptions {
  /** Only say which would be deleted. Default: false. */
  dryRun?: boolean | undefined;
  onEvent?: VmEventListener | undefined;
}

/**
 * Deletes the instances that a process of ours made, meant to delete, and did not because it died; returns their names.
 * Never touches an instance without a lease, one that was made by somebody else under the name of a leased one, one whose
 * owner lives or cannot be seen from here, one that is protected, nor one that is being worked on just now. Leases
 * without an instance and locks of dead processes go as well. One that cannot be deleted does not keep the others.
 *
 * @throws LimaControlError DELETE_FAILED, LIMACTL_FAILED, LIMA_HOME_UNUSABLE, ABORTED; what went wrong with the first that failed
 */
export async function sweep(context: LimaContext, options: SweepOptions = {}): Promise<string[]> {
  const { signal, dryRun = false, onEvent } = options;
  const swept: string[] = [];
  const failures: unknown[] = [];
  for (const name of await leasedNames(context.home)) {
    throwIfAborted("the sweep", signal);
    const lease = await readLease(context.home, name);
    if (lease === undefined || !(await isAbandoned(lease))) continue;
    const isThere =
      (await instanceOnDisk(context.home, name)) !== "absent" && (await isOfLease(context.home, lease));
    if (dryRun) {
      if (isThere) swept.push(name);
      continue;
    }
    const teller = createTeller(name, context.onEvent, onEvent);
    try {
      const deleted = await withInstanceLock(context, name, { teller, signal, waitMs: sweepWaitMs }, () =>
        deleteAbandoned(context, name, teller),
      );
      if (deleted && isThere) swept.push(name);
    } catch (error) {
      // Somebody works on it, then it is not abandoned any more; or wants to keep it.
      if (LimaControlError.is(error, "INSTANCE_BUSY")) continue;
      if (LimaControlError.is(error, "PROTECTED")) continue;
      if (LimaControlError.is(error, "ABORTED")) throw error;
      failures.push(error);
    }
  }
  if (!dryRun) {
    await removeTornLeases(context);
    await removeDeadLocks(context.home);
  }
  if (failures.length > 0) throw failures[0];
  return swept;
}

/** The sweep that precedes the making of a VM: what it cannot do is told, and keeps nobody from working. */
export async function sweepBefore(
  context: LimaContext,
  name: string,
  options: Pick<SweepOptions, "signal" | "onEvent">,
): Promise<void> {
  try {
    await sweep(context, options);
  } catch (error) {
    if (LimaControlError.is(error, "ABORTED")) throw error;
    const teller = createTeller(name, context.onEvent, options.onEvent);
    teller.tell({ type: "message", level: "warning", text: `sweeping: ${(error as Error).message}` });
  }
}

// Longer than a lock file stays unreadable before it counts as cut off by a crash.
const sweepWaitMs = 4_000;

/** Deletes the instance if its lease says that its owner died, for a caller that holds the lock; says whether it did. */
export async function deleteAbandoned(context: LimaContext, name: string, teller: Teller): Promise<boolean> {
  const lease = await readLease(context.home, name);
  if (lease === undefined || !(await isAbandoned(lease))) return false;
  if (!lease.marked) await endOrphanedLimactl(context.home, name);
  if (!(await isOfLease(context.home, lease))) {
    await removeLease(context.home, name);
    return false;
  }
  teller.tell({
    type: "message",
    level: "info",
    text: `instance ${name} was left behind by process ${lease.process.pid}, which is gone: deleting it`,
  });
  await deleteUnlocked(context, name, teller);
  return true;
}

// Leases are written by whoever holds the lock of the instance, so with the lock in hand nobody is writing one.
async function removeTornLeases(context: LimaContext): Promise<void> {
  for (const { name, file } of await tornLeases(context.home)) {
    const teller = createTeller(name, context.onEvent);
    await withInstanceLock(context, name, { teller, waitMs: sweepWaitMs }, () =>
      rm(file, { force: true }),
    ).catch((error: unknown) => {
      if (!LimaControlError.is(error, "INSTANCE_BUSY")) throw error;
    });
  }
}

// Taking a lock whose owner is dead and giving it back removes it, and what is left of others beside it.
async function removeDeadLocks(home: string): Promise<void> {
  const directory = ownDirectory(home, "locks");
  const files = await readdir(directory).catch(() => []);
  const locks = new Set(files.map((file) => /^.*\.lock(?=$|\.)/.exec(file)?.[0]));
  for (const file of locks) {
    if (file === undefined) continue;
    await withLock(join(directory, file), { timeoutMs: 0 }, async () => {}).catch((error: unknown) => {
      if (!FilesError.is(error, "LOCK_TIMEOUT")) throw error;
    });
  }
}
