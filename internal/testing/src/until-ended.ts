import { existsSync, readFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";

import { runProcess } from "@sysinit-internal/process";

const longestWaitMs = 20_000;

/** Waits until a process has ended, and fails if it does not. One that nobody has waited for has ended, too. */
export async function untilEnded(pid: number): Promise<void> {
  const deadline = performance.now() + longestWaitMs;
  while (!(await hasEnded(pid))) {
    if (performance.now() > deadline) throw new Error(`process ${pid} is still running`);
    await sleep(50);
  }
}

async function hasEnded(pid: number): Promise<boolean> {
  if (existsSync("/proc/self/stat")) {
    try {
      return /^ [ZX] /.test(readFileSync(`/proc/${pid}/stat`, "utf8").replace(/^.*\)/s, ""));
    } catch {
      return true;
    }
  }
  const { stdout } = await runProcess({ file: "ps", args: ["-o", "stat=", "-p", String(pid)] });
  return /^\s*(?:Z.*)?$/.test(stdout);
}
