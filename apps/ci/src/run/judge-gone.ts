import { existsSync } from "node:fs";

import type { InstanceRecord } from "@sysinit/lima-control";
import type { Judgement } from "@sysinit-internal/acceptance";
import { processStartTime } from "@sysinit-internal/files";

/** What a running instance is made of, to look for afterwards. */
export interface InstanceTraces {
  dir: string;
  /** A pid is used again; with its start time it is one process. */
  processes: readonly { pid: number; startTime: string | undefined }[];
}

export async function tracesOf({ dir, hostAgentPid, driverPid }: InstanceRecord): Promise<InstanceTraces> {
  const pids = [hostAgentPid, driverPid].filter((pid) => pid !== undefined);
  const processes = pids.map(async (pid) => ({ pid, startTime: await processStartTime(pid) }));
  return { dir, processes: await Promise.all(processes) };
}

/** Whether nothing is left of an instance: neither its directory, with sockets and disk, nor a process it had. */
export async function judgeGone({ dir, processes }: InstanceTraces): Promise<Judgement> {
  const left = existsSync(dir) ? [dir] : [];
  for (const { pid, startTime } of processes) {
    // A zombie that nobody has fetched yet has no start time: it holds nothing any more.
    const now = await processStartTime(pid);
    if (now !== undefined && now === startTime) left.push(`process ${pid}`);
  }
  if (left.length > 0) return { verdict: "fail", evidence: `still there: ${left.join(", ")}` };
  return {
    verdict: "pass",
    evidence: `${dir} and processes ${processes.map(({ pid }) => pid).join(", ")} are gone`,
  };
}
