import { readdir, readFile, realpath } from "node:fs/promises";
import { parse } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

const verbs: readonly string[] = ["create", "clone"];
const settleMs = 5_000;

/**
 * Ends the limactl that still makes an instance whose owner was killed: it would go on writing into a directory that is
 * being deleted, or make it only after that. On macOS nothing is done, since the environment of a process is not to be
 * had there.
 */
export async function endOrphanedLimactl(home: string, name: string): Promise<void> {
  if (process.platform !== "linux") return;
  const realHome = await realPath(home);
  const deadline = performance.now() + settleMs;
  while (performance.now() < deadline) {
    const pids = await orphans(realHome, name);
    if (pids.length === 0) return;
    for (const pid of pids) {
      try {
        process.kill(pid, "SIGKILL");
      } catch {
        // It ended by itself.
      }
    }
    await sleep(20);
  }
}

async function orphans(realHome: string, name: string): Promise<number[]> {
  const pids = (await readdir("/proc")).filter((entry) => /^\d+$/.test(entry));
  const found = await Promise.all(
    pids.map(async (pid) => {
      const words = await wordsOf(`/proc/${pid}/cmdline`);
      if (!isMaking(words, name)) return undefined;
      const home = await homeOf(pid);
      return home !== undefined && (await realPath(home)) === realHome ? Number(pid) : undefined;
    }),
  );
  return found.filter((pid) => pid !== undefined);
}

/** Whether a command line is that of a limactl that makes the instance, as this package calls it. */
export function isMaking(words: readonly string[], name: string): boolean {
  // It may be a program that an interpreter runs.
  const program = Math.max(
    0,
    words.findIndex((word) => parse(word).name === "limactl"),
  );
  const verb = words.findIndex((word, index) => index > program && !word.startsWith("-"));
  return verb !== -1 && verbs.includes(words[verb]!) && words.slice(verb + 1).includes(name);
}

const variable = "LIMA_HOME=";

async function homeOf(pid: string): Promise<string | undefined> {
  const setting = (await wordsOf(`/proc/${pid}/environ`)).find((word) => word.startsWith(variable));
  return setting?.slice(variable.length);
}

/** One directory may be spelled in more than one way, through a link or with a slash at its end. */
async function realPath(path: string): Promise<string> {
  return await realpath(path).catch(() => path);
}

async function wordsOf(file: string): Promise<string[]> {
  const text = await readFile(file, "utf8").catch(() => "");
  return text.split("\0").slice(0, -1);
}
