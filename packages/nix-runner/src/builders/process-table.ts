import { readdirSync, readFileSync } from "node:fs";

import { runProcess } from "@sysinit-internal/process";

/** A process of this machine. */
export interface TableEntry {
  pid: number;
  parent: number;
  /** The pid of the leader of its session (Linux), or of its process group (elsewhere). */
  group: number;
  /** What it was started as, with its arguments. */
  command: string;
  /** Seconds from the boot of the machine to its start; absent where that is not told. */
  startedAtSeconds?: number;
}

// USER_HZ, the unit of times in /proc: 100 on every machine that Node runs on.
const ticksPerSecond = 100;

/** Seconds since the boot of this machine; undefined where there is no /proc. */
export function uptimeSeconds(): number | undefined {
  try {
    return Number.parseFloat(readFileSync("/proc/uptime", "latin1"));
  } catch {
    return undefined;
  }
}

/** Every process that runs, without those that have ended and are not waited for. */
export async function readProcessTable(): Promise<TableEntry[]> {
  return process.platform === "linux" ? readProc() : readPs();
}

/** As `readProcessTable`, at once; nothing where there is no /proc. */
export function readProc(): TableEntry[] {
  return listProc().flatMap((name) => {
    try {
      return parseProcEntry(
        readFileSync(`/proc/${name}/stat`, "latin1"),
        readFileSync(`/proc/${name}/cmdline`, "utf8"),
      );
    } catch {
      // It has ended meanwhile.
      return [];
    }
  });
}

function listProc(): string[] {
  try {
    return readdirSync("/proc").filter((name) => /^\d+$/.test(name));
  } catch {
    return [];
  }
}

/** Reads /proc/PID/stat, see proc_pid_stat(5), and /proc/PID/cmdline. The second field of stat, in brackets, may hold anything. */
export function parseProcEntry(stat: string, commandLine: string): TableEntry[] {
  const name = stat.slice(stat.indexOf("(") + 1, stat.lastIndexOf(")"));
  // From field 3 on.
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  const [state = "X", parent, , session] = fields;
  if ("ZXx".includes(state)) return [];
  return [
    {
      pid: Number.parseInt(stat, 10),
      parent: Number(parent),
      group: Number(session),
      command: commandLine.replaceAll("\0", " ").trim() || name,
      startedAtSeconds: Number(fields[22 - 3]) / ticksPerSecond,
    },
  ];
}

async function readPs(): Promise<TableEntry[]> {
  const { stdout } = await runProcess({
    file: "ps",
    args: ["-axo", "pid=,ppid=,pgid=,stat=,command="],
    timeoutMs: 5000,
  });
  return parsePs(stdout);
}

/** The output of `ps -axo pid=,ppid=,pgid=,stat=,command=`. */
export function parsePs(output: string): TableEntry[] {
  return output.split("\n").flatMap((line) => {
    const match = /^\s*(\d+)\s+(\d+)\s+(\d+)\s+(\S+)\s+(.*)$/.exec(line);
    if (match === null || match[4]!.startsWith("Z")) return [];
    const [, pid, parent, group, , command] = match;
    return [{ pid: Number(pid), parent: Number(parent), group: Number(group), command: command! }];
  });
}
