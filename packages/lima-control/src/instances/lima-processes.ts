import { readdir, readFile } from "node:fs/promises";
import { dirname, join } from "node:path";

import { runProcess } from "@sysinit-internal/process";

/**
 * The processes that limactl and its host agent started for an instance: those that name files of it on their command
 * lines, and those in the process group of the host agent. A host agent that is killed cannot end the ssh programs that
 * it has, which outlive the VM for a while; a child that it was just making still has its command line. On macOS this
 * has not been run.
 *
 * @param hostAgents Pids of the host agents that there were.
 */
export async function limaProcesses(dir: string, hostAgents: readonly number[]): Promise<number[]> {
  const running = process.platform === "linux" ? await fromProc() : await fromPs();
  return running
    .filter(({ pid, group, commandLine }) => {
      const inGroup = hostAgents.includes(group) && commandLine.includes(join(dirname(dir), "/"));
      return pid !== process.pid && (inGroup || belongsTo(dir, commandLine));
    })
    .map(({ pid }) => pid);
}

/** Whether a command line is that of a host agent, a QEMU or an ssh of the instance. */
export function belongsTo(dir: string, commandLine: string): boolean {
  const names = (before: string, file: string) => commandLine.includes(`${before}${join(dir, file)}`);
  return (
    names("--pidfile ", "ha.pid") ||
    names("-pidfile ", "qemu.pid") ||
    names("ControlPath=", "ssh.sock") ||
    names('ControlPath="', "ssh.sock") ||
    // The title that ssh gives itself when it holds a connection open for others.
    names("ssh: ", "ssh.sock")
  );
}

interface Running {
  pid: number;
  /** Its process group. */
  group: number;
  /** Its words, with a space after each. */
  commandLine: string;
}

async function fromProc(): Promise<Running[]> {
  const pids = (await readdir("/proc")).filter((name) => /^\d+$/.test(name));
  return await Promise.all(
    pids.map(async (pid) => {
      const words = await readFile(`/proc/${pid}/cmdline`, "utf8").catch(() => "");
      const stat = await readFile(`/proc/${pid}/stat`, "latin1").catch(() => "");
      // Behind the name in brackets: state, parent, process group; proc_pid_stat(5).
      const group = Number(stat.slice(stat.lastIndexOf(")") + 2).split(" ")[2]);
      return { pid: Number(pid), group, commandLine: words.replaceAll("\0", " ") };
    }),
  );
}

async function fromPs(): Promise<Running[]> {
  const { stdout } = await runProcess({
    file: "ps",
    args: ["-axww", "-o", "pid=,pgid=,command="],
    timeoutMs: 20_000,
  });
  return stdout.split("\n").flatMap((line) => {
    const [, pid, group, commandLine] = /^\s*(\d+)\s+(\d+)\s+(.*)$/.exec(line) ?? [];
    return pid === undefined
      ? []
      : [{ pid: Number(pid), group: Number(group), commandLine: `${commandLine} ` }];
  });
}
