import { existsSync } from "node:fs";

import type { InstanceRecord } from "@sysinit/lima-control";
import type { Judgement } from "@sysinit-internal/acceptance";
import { isSameProcessAlive, processIdentity, type ProcessIdentity } from "@sysinit-internal/files";

/** What a running instance is made of, to look for afterwards. */
export interface InstanceTraces {
  dir: string;
  processes: readonly ProcessIdentity[];
}

export async function tracesOf({ dir, hostAgentPid, driverPid }: InstanceRecord): Promise<InstanceTraces> {
  const pids = [hostAgentPid, driverPid].filter((pid) => pid !== undefined);
  return { dir, processes: await Promise.all(pids.map((pid) => processIdentity(pid))) };
}

/** Whether nothing is left of an instance: neither its directory, with sockets and disk, nor a process it had. */
export async function judgeGone({ dir, processes }: InstanceTraces): Promise<Judgement> {
  const left = existsSync(dir) ? [dir] : [];
  for (const identity of processes) {
    if (await isSameProcessAlive(identity)) left.push(`process ${identity.pid}`);
  }
  if (left.length > 0) return { verdict: "fail", evidence: `still there: ${left.join(", ")}` };
  return {
    verdict: "pass",
    evidence: `${dir} and processes ${processes.map(({ pid }) => pid).join(", ")} are gone`,
  };
}
