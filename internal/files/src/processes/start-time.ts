import { readFileSync } from "node:fs";

import { outputOf } from "./output-of.ts";

/**
 * When a process started, as text that is only good for comparing: a pid is used again, pid and start time are not.
 * Undefined when there is no such process, or only a zombie of it that holds nothing any more.
 */
export async function processStartTime(pid: number): Promise<string | undefined> {
  return process.platform === "linux" ? fromProc(pid) : fromPs(pid);
}

// At once, since there is no disk behind /proc: who says whose something is has said it before anything else happens.
function fromProc(pid: number): string | undefined {
  try {
    return parseProcStat(readFileSync(`/proc/${pid}/stat`, "latin1"));
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "ENOENT" || code === "ESRCH") return undefined;
    throw error;
  }
}

/** Field 22 of /proc/PID/stat, see proc_pid_stat(5). The second field, the command in brackets, may hold anything. */
export function parseProcStat(stat: string): string | undefined {
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  const [state] = fields;
  if (state === undefined || "ZXx".includes(state)) return undefined;
  return fields[22 - 3];
}

async function fromPs(pid: number): Promise<string | undefined> {
  try {
    // The time is printed in the local zone and language.
    const env = { PATH: "/bin:/usr/bin", LC_ALL: "C", TZ: "UTC" };
    return parsePs(await outputOf("ps", ["-o", "stat=,lstart=", "-p", String(pid)], env));
  } catch (error) {
    if ((error as { code?: unknown }).code === 1) return undefined;
    throw error;
  }
}

/** The output of `ps -o stat=,lstart=`. */
export function parsePs(output: string): string | undefined {
  const line = output.trim();
  const gap = line.search(/\s/);
  if (gap === -1 || line.startsWith("Z")) return undefined;
  return line.slice(gap).trim().replace(/\s+/g, " ");
}
