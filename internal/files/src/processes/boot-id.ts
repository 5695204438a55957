import { readFileSync } from "node:fs";
import { uptime } from "node:os";

import { outputOf } from "./output-of.ts";

let known: Promise<string> | undefined;

/** A value that is the same until this machine boots again. */
export function bootId(): Promise<string> {
  known ??= readBootId();
  return known;
}

async function readBootId(): Promise<string> {
  if (process.platform === "linux") return readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim();
  if (process.platform === "darwin")
    return (await outputOf("/usr/sbin/sysctl", ["-n", "kern.bootsessionuuid"])).trim();
  // To the nearest ten minutes, since the two clocks are not read at the same moment.
  return `boot-${Math.round((Date.now() / 1000 - uptime()) / 600)}`;
}
