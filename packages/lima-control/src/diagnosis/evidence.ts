import { join } from "node:path";

import { parseLogLine } from "../limactl/log-line.ts";
import { consoleTail, readTail } from "../starting/log-files.ts";

/** What a failed or degraded start left behind, as text to look through. */
export interface Evidence {
  /** The reason that limactl gave. */
  limactl: string;
  /** What QEMU wrote to its standard error. */
  qemu: string[];
  /** Warnings and errors of the host agent. */
  hostAgent: string[];
  /** The end of the serial consoles. */
  console: string[];
  /** What limactl was waiting for. */
  requirement: string | undefined;
}

// What limactl says whenever QEMU is told by a variable to emulate.
const ownDoing = /^(?:Specifying args .* via \$QEMU_SYSTEM|Not adding QEMU argument)/;

/** How the host agent tells the end of QEMU, as information. */
export const driverEnd = /^Driver stopped due to error/;

const qemuPrefix = "qemu[stderr]: ";

/** Reads the logs in the directory of an instance. */
export async function gatherEvidence(
  dir: string,
  seen: { limactl: string; requirement: string | undefined },
): Promise<Evidence> {
  const log = await readTail(join(dir, "ha.stderr.log"), 512 * 1024);
  return { ...seen, ...readHostAgentLog(log), console: await consoleTail(dir, 20) };
}

/** Picks out of `ha.stderr.log` what may be the reason of a failure. */
export function readHostAgentLog(log: string): Pick<Evidence, "qemu" | "hostAgent"> {
  const qemu: string[] = [];
  const hostAgent: string[] = [];
  for (const line of log.split("\n")) {
    if (line.trim() === "") continue;
    const { level, text } = parseLogLine(line);
    const at = text.indexOf(qemuPrefix);
    if (at !== -1) qemu.push(text.slice(at + qemuPrefix.length).replace(/^["`]|["`]$/g, ""));
    else if (ownDoing.test(text)) continue;
    else if (level === "warning" || level === "error" || level === "fatal" || driverEnd.test(text))
      hostAgent.push(text);
  }
  return { qemu: qemu.slice(-20), hostAgent: hostAgent.slice(-20) };
}
