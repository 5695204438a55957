import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { join } from "node:path";

import { createLima } from "@sysinit/lima-control";
import { runProcess } from "@sysinit-internal/process";

/** A LIMA_HOME for one test: short enough for sockets, which the system's temporary directory is not everywhere. */
export async function makeLimaHome(suffix = ""): Promise<string> {
  const made = await mkdtemp("/tmp/lc-");
  return suffix === "" ? made : join(made, suffix);
}

/** Deletes what a test left in its LIMA_HOME, running or not, and the directory; whoever still works on it loses it. */
export async function removeLimaHome(limactl: string, home: string): Promise<void> {
  const env = { ...process.env, LIMA_HOME: home };
  for (const { name } of await createLima({ limactl, home }).list()) {
    await runProcess({ file: limactl, args: ["--tty=false", "unprotect", name], env, timeoutMs: 60_000 });
    await runProcess({
      file: limactl,
      args: ["--tty=false", "delete", "--force", name],
      env,
      timeoutMs: 60_000,
    });
  }
  await rm(home, { recursive: true, force: true });
}

/** The command lines of all processes that name a path below this LIMA_HOME, each behind its pid. */
export async function processesOf(home: string): Promise<string[]> {
  const pids = (await readdir("/proc")).filter((name) => /^\d+$/.test(name)).map(Number);
  const found: string[] = [];
  for (const pid of pids) {
    const commandLine = await readFile(`/proc/${pid}/cmdline`, "utf8").catch(() => "");
    if (pid !== process.pid && commandLine.includes(`${home}/`))
      found.push(`${pid} ${commandLine.replaceAll("\0", " ")}`);
  }
  return found;
}
