import { setTimeout as sleep } from "node:timers/promises";

import { isSameProcessAlive, processIdentity, type ProcessIdentity } from "@sysinit-internal/files";

import type { InstanceRecord } from "./instance-record.ts";
import { limaProcesses } from "./lima-processes.ts";

/** The processes of an instance as they are now, to see later whether they are gone. */
export async function instanceProcesses(record: InstanceRecord): Promise<ProcessIdentity[]> {
  const pids = [record.hostAgentPid, record.driverPid].filter((pid) => pid !== undefined);
  const identities = await Promise.all(pids.map((pid) => processIdentity(pid).catch(() => undefined)));
  return identities.filter((identity) => identity !== undefined);
}

/**
 * Sees to it that no process of an instance is left whose VM was stopped or deleted; returns the pids of those that
 * still live after `timeoutMs`.
 *
 * @param processes The host agent and the driver as they were before: nothing new comes once they are gone.
 */
export async function endProcesses(
  dir: string,
  processes: readonly ProcessIdentity[],
  timeoutMs = 15_000,
): Promise<number[]> {
  const deadline = performance.now() + timeoutMs;
  for (;;) {
    const alive = await Promise.all(processes.map(isSameProcessAlive));
    const main = processes.filter((_, index) => alive[index]).map((identity) => identity.pid);
    const others =
      main.length > 0
        ? []
        : await limaProcesses(
            dir,
            processes.map((identity) => identity.pid),
          );
    if (main.length === 0 && others.length === 0) return [];
    if (performance.now() >= deadline) return [...main, ...others];
    for (const pid of others) endProcess(pid);
    await sleep(100);
  }
}

function endProcess(pid: number): void {
  try {
    process.kill(pid, "SIGTERM");
  } catch {
    // It ended by itself, or it is another user's and not ours to end.
  }
}
