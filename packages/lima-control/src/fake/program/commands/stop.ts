import { existsSync, readdirSync, rmSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";

import { Fatal } from "../fatal.ts";
import { directoryOf, fileOf, livingPid, requireInstance, said, statusOf } from "../instance.ts";
import { log } from "../log.ts";

/** `stop NAME`, `stop --force NAME`. */
export async function stop(args: readonly string[]): Promise<number> {
  const name = args.find((word) => !word.startsWith("-"))!;
  requireInstance(name);
  if (args.includes("--force") || args.includes("-f")) {
    killAll(name);
    return 0;
  }
  const status = statusOf(name);
  if (status !== "Running") {
    throw new Fatal(
      `expected status ${said("Running")}, got ${said(status)} (maybe use \`limactl stop -f\`?)`,
    );
  }
  log("info", `Sending SIGINT to hostagent process ${livingPid(name, "ha.pid")}`);
  process.kill(livingPid(name, "ha.pid")!, "SIGINT");
  while (statusOf(name) !== "Stopped") await sleep(20);
  return 0;
}

/** Kills what runs of an instance and removes what it left. */
export function killAll(name: string): void {
  for (const file of ["qemu.pid", "ha.pid"]) {
    const pid = livingPid(name, file);
    if (pid === undefined) log("info", `The process of ${file} seems already stopped`);
    else process.kill(pid, "SIGKILL");
  }
  if (!existsSync(directoryOf(name))) return;
  log("info", `Removing *.pid *.sock *.tmp under ${said(directoryOf(name))}`);
  for (const file of readdirSync(directoryOf(name)).filter((entry) => /\.(?:pid|sock|tmp)$/.test(entry))) {
    rmSync(fileOf(name, file), { force: true });
  }
}
