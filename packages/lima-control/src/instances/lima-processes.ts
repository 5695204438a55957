import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";

import { runProcess } from "@sysinit-internal/process";

/**
 * The processes that limactl and its host agent started for an instance, told by the files of it that their command
 * lines name. A host agent that is killed cannot end the ssh programs that it has, which outlive the VM for a while; a
 * child that it was just making still has its command line. On macOS this has not been run.
 */
export async function limaProcesses(dir: string): Promise<number[]> {
  const lines = process.platform === "linux" ? await fromProc() : await fromPs();
  return lines
    .filter(({ pid, commandLine }) => pid !== process.pid && belongsTo(dir, commandLine))
    .map(({ pid }) => pid);
}

/** Whether a command line is that of a host agent, a QEMU or an ssh of the instance. */
export function belongsTo(dir: string, commandLine: string): boolean {
  const names = (before: string, file: string) => commandLine.includes(`${before}${join(dir, file)}`);
  return (
    names("--pidfile ", "ha.pid") ||
    names("-pidfile ", "qemu.pid") ||
    names("ControlPath=", "ssh.sock") ||
    names('ControlPath="', "ssh.sock")
  );
}

interface Running {
  pid: number;
  /** Its words, with a space after each. */
  commandLine: string;
}

async function fromProc(): Promise<Running[]> {
  const pids = (await readdir("/proc")).filter((name) => /^\d+$/.test(name));
  return await Promise.all(
    pids.map(async (pid) => {
      const words = await readFile(`/proc/${pid}/cmdline`, "utf8").catch(() => "");
      return { pid: Number(pid), commandLine: words.replaceAll("\0", " ") };
    }),
  );
}

async function fromPs(): Promise<Running[]> {
  const { stdout } = await runProcess({
    file: "ps",
    args: ["-axww", "-o", "pid=,command="],
    timeoutMs: 20_000,
  });
  return stdout.split("\n").flatMap((line) => {
    const [, pid, commandLine] = /^\s*(\d+)\s+(.*)$/.exec(line) ?? [];
    return pid === undefined || commandLine === undefined
      ? []
      : [{ pid: Number(pid), commandLine: `${commandLine} ` }];
  });
}
