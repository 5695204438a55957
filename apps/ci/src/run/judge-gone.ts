import { existsSync } from "node:fs";

import type { InstanceRecord } from "@sysinit/lima-control";
import type { Judgement } from "@sysinit-internal/acceptance";

/** Whether nothing is left of an instance: neither its directory, with sockets and disk, nor a process it had while it ran. */
export function judgeGone(running: InstanceRecord): Judgement {
  const processes = [running.hostAgentPid, running.driverPid].filter((pid) => pid !== undefined);
  const left = [
    ...(existsSync(running.dir) ? [running.dir] : []),
    ...processes.filter(isAlive).map((pid) => `process ${pid}`),
  ];
  if (left.length > 0) return { verdict: "fail", evidence: `still there: ${left.join(", ")}` };
  return { verdict: "pass", evidence: `${running.dir} and processes ${processes.join(", ")} are gone` };
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}
