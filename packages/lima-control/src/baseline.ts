import { randomUUID } from "node:crypto";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

import { runProcess } from "@sysinit-internal/process";

import { createTeller, type Teller } from "./events/teller.ts";
import { LimaControlError } from "./failures/lima-control-error.ts";
import { tryExec } from "./exec.ts";
import { requireInstance, requireRunning } from "./find.ts";
import type { SaveBaselineOptions } from "./handles/options.ts";
import type { InstanceRecord } from "./instances/instance-record.ts";
import type { LimaContext } from "./lima-context.ts";
import { oneLine } from "./limactl/log-line.ts";
import { outcomeDetails } from "./limactl/run-limactl.ts";
import { applySnapshot, refusalOf, snapshotTags } from "./limactl/snapshot.ts";
import { withInstanceLock } from "./locks/instance-lock.ts";
import { saveState, whyNotSaved } from "./snapshots/save-state.ts";

const tag = "sysinit-baseline";

/** Saves the state of a running VM, memory and disk; see `RunningVm.saveBaseline`. */
export async function saveBaseline(
  context: LimaContext,
  name: string,
  options: SaveBaselineOptions = {},
): Promise<void> {
  const teller = createTeller(name, context.onEvent, options.onEvent);
  await withInstanceLock(context, name, { teller, signal: options.signal }, () =>
    saveBaselineUnlocked(context, name, options.signal, teller),
  );
}

/** The saving itself, for a caller that holds the lock. Not to be interrupted: the VM stands still meanwhile. */
export async function saveBaselineUnlocked(
  context: LimaContext,
  name: string,
  signal: AbortSignal | undefined,
  teller: Teller,
): Promise<void> {
  const record = await requireRunning(context, name, "saved", signal);
  const why = whyNotSaved(record);
  if (why !== undefined) {
    throw new LimaControlError({
      code: "SNAPSHOT_IMPOSSIBLE",
      message: `no snapshot of ${name} can be made while it runs: ${why}`,
      hint: "Launch it from a stopped instance that is as it should be: reset then clones that.",
      details: { instance: name },
    });
  }
  teller.tell({ type: "saving" });
  await saveState(context, name, tag);
}

/** Whether a state was saved to which the VM can be put back. */
export async function hasBaseline(
  context: LimaContext,
  name: string,
  signal: AbortSignal | undefined,
): Promise<boolean> {
  return (await snapshotTags(context, name, signal)).includes(tag);
}

/** What is known of a VM before it is put back. */
export interface BaselineState {
  record: InstanceRecord;
  isSaved: boolean;
  /** A file in the guest's memory that was not there at the baseline. */
  witness: string | undefined;
}

/** Whether a VM can be put back to a baseline. All at once: a reset is as long as a few calls of limactl. */
export async function lookForBaseline(
  context: LimaContext,
  name: string,
  signal: AbortSignal | undefined,
): Promise<BaselineState> {
  const [record, tags, witness] = await Promise.all([
    requireInstance(context, name, signal),
    snapshotTags(context, name, signal),
    leaveWitness(context, name),
  ]);
  const isSaved = record.status === "Running" && whyNotSaved(record) === undefined && tags.includes(tag);
  // It may be the VM of somebody who is only told that there is nothing to go back to.
  if (!isSaved && witness !== undefined) await tryExec(context, name, ["rm", "-f", witness]).catch(() => {});
  return { record, isSaved, witness };
}

/** Undefined when the guest is too broken for that; it is put back all the same. */
async function leaveWitness(context: LimaContext, name: string): Promise<string | undefined> {
  // Never a directory of the host.
  const file = `/dev/shm/.sysinit-${randomUUID()}`;
  return await tryExec(context, name, ["touch", file], { timeoutMs: 10_000 }).then(
    ({ exitCode }) => (exitCode === 0 ? file : undefined),
    () => undefined,
  );
}

const lookAttempts = 20;
const lookPauseMs = 500;

/**
 * Puts a running VM back to its baseline, for a caller that holds the lock, and waits until a command can be run in it.
 * limactl ends with 0 whatever QEMU did, so the witness must be gone afterwards.
 */
export async function applyBaselineUnlocked(
  context: LimaContext,
  { record, witness }: BaselineState,
  teller: Teller,
): Promise<void> {
  const { name } = record;
  teller.tell({ type: "resetting", way: "snapshot" });
  await endSshMaster(context, record);
  const outcome = await applySnapshot(context, name, tag);
  const refusal = refusalOf(outcome);
  if (refusal === undefined && (await comesBack(context, name, witness))) return;
  throw new LimaControlError({
    code: "SNAPSHOT_FAILED",
    message: `${name} was not put back to its baseline: ${oneLine(refusal ?? "nothing can be run in it, or it is as it was before")}`,
    hint: "Delete it and launch it again.",
    details: { instance: name, ...outcomeDetails(outcome) },
  });
}

/** Waits for the guest, sets its clock, which is that of the snapshot, and looks that the witness is gone. */
async function comesBack(context: LimaContext, name: string, witness: string | undefined): Promise<boolean> {
  for (let attempt = 1; attempt <= lookAttempts; attempt += 1) {
    try {
      const seconds = Math.round(Date.now() / 1000);
      const script = 'sudo -n date -u -s "@$1" >/dev/null 2>&1; test -z "$2" || ! test -e "$2"';
      const argv = ["/bin/sh", "-c", script, "sh", String(seconds), witness ?? ""];
      return (await tryExec(context, name, argv, { timeoutMs: 15_000 })).exitCode === 0;
    } catch (error) {
      if (!LimaControlError.is(error, "GUEST_UNREACHABLE") && !LimaControlError.is(error, "EXEC_TIMEOUT"))
        throw error;
      await sleep(lookPauseMs);
    }
  }
  return false;
}

// The other end of its connection is gone after a reset, and whoever came next would hang on it.
async function endSshMaster(context: LimaContext, record: InstanceRecord): Promise<void> {
  await runProcess({
    file: "ssh",
    args: [
      "-O",
      "exit",
      "-o",
      `ControlPath=${join(record.dir, "ssh.sock")}`,
      "-F",
      "/dev/null",
      `lima-${record.name}`,
    ],
    env: context.env,
    timeoutMs: 10_000,
  });
}
