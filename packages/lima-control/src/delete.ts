import { rm } from "node:fs/promises";
import { setTimeout as sleep } from "node:timers/promises";

import { sayWaiting } from "./events/say-waiting.ts";
import { createTeller, type Teller } from "./events/teller.ts";
import { LimaControlError } from "./failures/lima-control-error.ts";
import { find } from "./find.ts";
import type { DeleteOptions } from "./handles/options.ts";
import { instanceDirectory, instanceOnDisk } from "./instances/instance-directory.ts";
import { endProcesses, instanceProcesses } from "./instances/processes.ts";
import { giveUpLease, isOfLease, isReplaced, readLease, removeLease, type Lease } from "./leases/lease.ts";
import type { LimaContext } from "./lima-context.ts";
import { deleteForcibly } from "./limactl/delete.ts";
import { outcomeDetails, succeeded } from "./limactl/run-limactl.ts";
import { failureText } from "./limactl/log-line.ts";
import { withInstanceLock } from "./locks/instance-lock.ts";

// Whoever asks for a deletion does not want to wait until a start is over.
const lockWaitMs = 5_000;

/**
 * Kills and deletes an instance; see `RunningVm.delete`. With a mark only the one that carries it: another that has its name now
 * is left alone.
 */
export async function deleteInstance(
  context: LimaContext,
  { name, mark }: { name: string; mark?: string | undefined },
  options: DeleteOptions = {},
): Promise<void> {
  const teller = createTeller(name, context.onEvent, options.onEvent);
  const lockOptions = { teller, signal: options.signal, waitMs: lockWaitMs, goOnWhenFull: true };
  await withInstanceLock(context, name, lockOptions, async () => {
    if (mark === undefined || !(await isReplaced(context.home, name, mark)))
      return await deleteUnlocked(context, name, teller);
    teller.tell({
      type: "message",
      level: "warning",
      text: `instance ${name} is not deleted: it is not the one that this process made, which is gone`,
    });
    await giveUpLease(context.home, name, mark);
  });
}

/** The deletion itself, for a caller that holds the lock. Not to be interrupted: a half deleted VM helps nobody. */
export async function deleteUnlocked(context: LimaContext, name: string, teller: Teller): Promise<void> {
  const record = await find(context, name);
  if (record === undefined) {
    await removeLease(context.home, name);
    return;
  }
  if (record.protected) {
    throw new LimaControlError({
      code: "PROTECTED",
      message: `instance ${name} was not deleted: it is protected`,
      hint: `Allow it with: limactl unprotect ${name}`,
      details: { instance: name, dir: record.dir },
    });
  }
  teller.tell({ type: "deleting" });
  const processes = await instanceProcesses(record);
  const quiet = sayWaiting(teller, () => "limactl to delete the instance");
  const outcome = await deleteForcibly(context, name).finally(quiet);
  // limactl does not delete a directory without a template; ours is one whose creation was cut off.
  if (
    (await instanceOnDisk(context.home, name)) === "without-template" &&
    (await readLease(context.home, name))
  ) {
    await rm(instanceDirectory(context.home, name), { recursive: true, force: true });
  }
  const stillThere = (await instanceOnDisk(context.home, name)) !== "absent";
  const livingPids = await endProcesses(record.dir, processes);
  if (stillThere || livingPids.length > 0) {
    throw new LimaControlError({
      code: "DELETE_FAILED",
      message: stillThere
        ? `instance ${name} was not deleted: ${succeeded(outcome) ? `${record.dir} is still there` : failureText(outcome.stderr)}`
        : `instance ${name} was deleted, but its process ${livingPids.join(", ")} still runs`,
      details: { instance: name, dir: record.dir, livingPids, ...outcomeDetails(outcome) },
    });
  }
  await removeLease(context.home, name);
}

/**
 * Deletes what there is of an instance that could not be made, for that reason. One that somebody else made under its name,
 * since it was seen that there was none, stays.
 */
export async function deleteUnmade(
  context: LimaContext,
  lease: Lease,
  reason: unknown,
  teller: Teller,
): Promise<void> {
  const isOurs = !LimaControlError.is(reason, "INSTANCE_EXISTS") && (await isOfLease(context.home, lease));
  if (isOurs) await deleteAfterFailure(context, lease.name, teller);
  else await giveUpLease(context.home, lease.name, lease.mark);
}

/** Deletes after a failure that is told anyway: what goes wrong here must not hide it. Tries twice. */
export async function deleteAfterFailure(context: LimaContext, name: string, teller: Teller): Promise<void> {
  for (const pauseMs of [500, 0]) {
    try {
      await deleteUnlocked(context, name, teller);
      return;
    } catch (error) {
      teller.tell({ type: "message", level: "warning", text: `cleaning up: ${(error as Error).message}` });
      await sleep(pauseMs);
    }
  }
}
