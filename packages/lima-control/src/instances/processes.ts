import { setTimeout as sleep } from "node:timers/promises";

import { isSameProcessAlive, processIdentity, type ProcessIdentity } from "@sysinit-internal/files";

import type { InstanceRecord } from "./instance-record.ts";
import { sshProcesses } from "./ssh-processes.ts";

/** The processes of an instance as they are now, to see later whether they are gone. */
export async function instanceProcesses(record: InstanceRecord): Promise<ProcessIdentity[]> {
  const pids = [record.hostAgentPid, record.driverPid].filter((pid) => pid !== undefined);
  const identities = await Promise.all(pids.map((pid) => processIdentity(pid).catch(() => undefined)));
  return identities.filter((identity) => identity !== undefined);
}

/** Ends the ssh programs of an instance whose VM is gone, and returns them. */
export async function endSshProcesses(dir: string): Promise<ProcessIdentity[]> {
  const pids = await sshProcesses(dir);
  const identities = (
    await Promise.all(pids.map((pid) => processIdentity(pid).catch(() => undefined)))
  ).filter((identity) => identity !== undefined);
  for (const { pid } of identities) {
    try {
      process.kill(pid, "SIGTERM");
    } catch {
      // It ended by itself, or it is another user's and not ours to end.
    }
  }
  return identities;
}

/** Waits until none of the processes lives; returns the pids of those that still do after `timeoutMs`. */
export async function waitUntilGone(
  processes: readonly ProcessIdentity[],
  timeoutMs: number,
): Promise<number[]> {
  const deadline = performance.now() + timeoutMs;
  for (;;) {
    const alive = await Promise.all(processes.map(isSameProcessAlive));
    const pids = processes.filter((_, index) => alive[index]).map((identity) => identity.pid);
    if (pids.length === 0 || performance.now() >= deadline) return pids;
    await sleep(100);
  }
}
