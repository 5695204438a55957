import { spawnSync } from "node:child_process";
import { existsSync, readFileSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished, vi } from "vitest";

/** Whether a process has ended; one that nobody has waited for has ended, too. */
function hasEnded(pid: number): boolean {
  if (existsSync("/proc/self/stat")) {
    try {
      return / [ZX] /.test(readFileSync(`/proc/${pid}/stat`, "utf8").replace(/^.*\)/, ""));
    } catch {
      return true;
    }
  }
  const { stdout } = spawnSync("ps", ["-o", "stat=", "-p", String(pid)], { encoding: "utf8" });
  return stdout.trim() === "" || stdout.startsWith("Z");
}

/** Waits until a process has ended, and fails if it does not. */
export async function untilEnded(pid: number): Promise<void> {
  await vi.waitFor(
    () => {
      if (!hasEnded(pid)) throw new Error(`process ${pid} is still running`);
    },
    { timeout: 20_000, interval: 20 },
  );
}

/** A folder that is gone after the test. */
export function temporaryDirectory(): string {
  const directory = mkdtempSync(join(tmpdir(), "sysinit-process-"));
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
  return directory;
}
