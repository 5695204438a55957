import { join } from "node:path";

import { unquoteGo } from "../limactl/go-quoted.ts";
import { oneLine, parseLogLine } from "../limactl/log-line.ts";
import { consoleTail, readTail } from "../starting/log-files.ts";

/** What a failed or degraded start left behind, as text to look through. */
export interface Evidence {
  /** The reason that limactl gave. */
  limactl: string;
  /** What QEMU wrote to its standard error. */
  qemu: string[];
  /** Warnings and errors of the host agent. */
  hostAgent: string[];
  /** What the host agent's tries to reach the guest gave that failed, the last one at the end. */
  tries: string[];
  /** What the guest says that went wrong in it. */
  guest: string[];
  /** The end of the serial consoles. */
  console: string[];
  /** What limactl was waiting for. */
  requirement: string | undefined;
}

/** The evidence of a limactl that failed before there was anything else. */
export function onlyLimactl(limactl: string): Evidence {
  return { limactl, qemu: [], hostAgent: [], tries: [], guest: [], console: [], requirement: undefined };
}

// What limactl says whenever QEMU is told by a variable to emulate.
const ownDoing = /^(?:Specifying args .* via \$QEMU_SYSTEM|Not adding QEMU argument)/;

/** How the host agent tells the end of QEMU, as information. */
export const driverEnd = /^Driver stopped due to error/;

const qemuPrefix = "qemu[stderr]: ";

// How the host agent tells, for debugging, what a check in the guest gave: pkg/hostagent/requirements.go of Lima 2.2.0,
// line 152. From 2.2 on in backquotes where nothing is to be escaped.
const tryEnd =
  /^stdout=(?:`[^`]*`|"(?:[^"\\]|\\.)*"), stderr=(?:`([^`]*)`|("(?:[^"\\]|\\.)*")), err=(?!<nil>)/;

/** Reads the logs in the directory of an instance. */
export async function gatherEvidence(
  dir: string,
  seen: { limactl: string; requirement: string | undefined; guest?: readonly string[] },
): Promise<Evidence> {
  const log = await readTail(join(dir, "ha.stderr.log"), 512 * 1024);
  return {
    ...seen,
    ...readHostAgentLog(log),
    guest: [...(seen.guest ?? [])],
    console: await consoleTail(dir, 20),
  };
}

/** Picks out of `ha.stderr.log` what may be the reason of a failure. */
export function readHostAgentLog(log: string): Pick<Evidence, "qemu" | "hostAgent" | "tries"> {
  const qemu: string[] = [];
  const hostAgent: string[] = [];
  const tries: string[] = [];
  for (const line of log.split("\n")) {
    if (line.trim() === "") continue;
    const { level, text } = parseLogLine(line);
    const at = text.indexOf(qemuPrefix);
    const failedTry = tryEnd.exec(text);
    if (at !== -1) qemu.push(text.slice(at + qemuPrefix.length).replace(/^["`]|["`]$/g, ""));
    else if (failedTry !== null) tries.push(oneLine(unquoteGo(failedTry[1] ?? failedTry[2] ?? "")));
    else if (/^The \w+ requirement .* is satisfied/.test(text)) tries.length = 0;
    else if (ownDoing.test(text)) continue;
    else if (level === "warning" || level === "error" || level === "fatal" || driverEnd.test(text))
      hostAgent.push(text);
  }
  return { qemu: qemu.slice(-20), hostAgent: hostAgent.slice(-20), tries: tries.slice(-5) };
}
