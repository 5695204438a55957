import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";

import { runProcess } from "@sysinit-internal/process";

/**
 * The ssh programs that limactl and its host agent started for an instance: they name its control socket. A host agent
 * that is killed cannot end those that it has, and they outlive the VM for a while. On macOS this is not verified.
 */
export async function sshProcesses(dir: string): Promise<number[]> {
  const socket = join(dir, "ssh.sock");
  const lines = process.platform === "linux" ? await fromProc() : await fromPs();
  return lines
    .filter(
      ({ words }) => /(?:^|\/)ssh$/.test(words[0] ?? "") && words.some((word) => namesSocket(word, socket)),
    )
    .map(({ pid }) => pid);
}

interface CommandLine {
  pid: number;
  words: string[];
}

function namesSocket(word: string, socket: string): boolean {
  return word === `ControlPath="${socket}"` || word === `ControlPath=${socket}`;
}

async function fromProc(): Promise<CommandLine[]> {
  const pids = (await readdir("/proc")).filter((name) => /^\d+$/.test(name));
  const lines = await Promise.all(
    pids.map(async (pid) => {
      const commandLine = await readFile(`/proc/${pid}/cmdline`, "utf8").catch(() => "");
      return { pid: Number(pid), words: commandLine.split("\0") };
    }),
  );
  return lines.filter(({ words }) => words.length > 1);
}

async function fromPs(): Promise<CommandLine[]> {
  const { stdout } = await runProcess({
    file: "ps",
    args: ["-axww", "-o", "pid=,command="],
    timeoutMs: 20_000,
  });
  return stdout.split("\n").flatMap((line) => {
    const [pid, ...words] = line.trim().split(/\s+/);
    return pid === undefined || pid === "" ? [] : [{ pid: Number(pid), words }];
  });
}
