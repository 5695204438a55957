import { hostname } from "node:os";

import { bootId } from "./boot-id.ts";
import { processStartTime } from "./start-time.ts";

/** Names one process for good: a pid alone is given to another process later. */
export interface ProcessIdentity {
  pid: number;
  /** Compares equal only for the same process; not a date. */
  startTime: string;
  bootId: string;
  host: string;
}

/** The identity of a process that runs on this machine, by default our own. Fails for one that does not run. */
export async function processIdentity(pid: number = process.pid): Promise<ProcessIdentity> {
  const startTime = await processStartTime(pid);
  if (startTime === undefined) throw new Error(`no process ${pid} runs on this machine`);
  return { pid, startTime, bootId: await bootId(), host: hostname() };
}

/**
 * Whether the process may still be alive. A process on another machine cannot be seen from here and counts as alive,
 * so that nothing of its is taken away; so does one that we are not allowed to see.
 */
export async function isSameProcessAlive(identity: ProcessIdentity): Promise<boolean> {
  const sameBoot = identity.bootId === (await bootId());
  if (identity.host !== hostname()) {
    // A Mac's host name follows the network it is in. On Linux another host name with our boot id is a container,
    // whose pids are not ours.
    const sameMachine = process.platform === "darwin" && sameBoot;
    if (!sameMachine) return true;
  }
  if (!sameBoot) return false;
  const startTime = await processStartTime(identity.pid);
  return startTime === undefined ? isHidden(identity.pid) : startTime === identity.startTime;
}

// /proc mounted with hidepid shows no processes of other users.
function isHidden(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return false;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}
