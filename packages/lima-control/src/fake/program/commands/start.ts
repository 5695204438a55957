import { spawn } from "node:child_process";
import { existsSync, openSync, readFileSync, rmSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";

import { Fatal } from "../fatal.ts";
import { exists, fileOf, said, statusOf } from "../instance.ts";
import { log } from "../log.ts";

interface Status {
  running?: boolean;
  degraded?: boolean;
  exiting?: boolean;
  errors?: string[];
}

/** `start --timeout=SECONDSs NAME`. Killing it leaves the VM, as with limactl. */
export async function start(args: readonly string[]): Promise<number> {
  const name = args.find((word) => !word.startsWith("-"))!;
  if (!exists(name)) throw new Fatal(`the fake makes no VM of the default template for ${said(name)}`);
  const status = statusOf(name);
  if (status === "Running") {
    log(
      "info",
      `The instance ${said(name)} is already running. Run \`limactl shell ${name}\` to open the shell.`,
    );
    return 0;
  }
  if (status === "Broken") throw new Fatal("errors inspecting instance: [a process of it is dead]");

  for (const file of ["ha.stdout.log", "ha.stderr.log", "serial.log"])
    rmSync(fileOf(name, file), { force: true });
  log("info", `Starting the instance ${said(name)} with internal VM driver ${said("qemu")}`);
  const words = ["hostagent", "--pidfile", fileOf(name, "ha.pid"), "--socket", fileOf(name, "ha.sock"), name];
  const agent = spawn(process.execPath, [process.argv[1]!, ...words], {
    detached: true,
    stdio: [
      "ignore",
      openSync(fileOf(name, "ha.stdout.log"), "a"),
      openSync(fileOf(name, "ha.stderr.log"), "a"),
    ],
  });
  agent.unref();
  log("info", "[hostagent] Waiting for the essential requirement 1 of 3: `ssh`");
  return await untilSettled(name, timeoutMs(args));
}

async function untilSettled(name: string, limitMs: number): Promise<number> {
  const logFile = fileOf(name, "ha.stderr.log");
  for (const deadline = Date.now() + limitMs; Date.now() < deadline; await sleep(20)) {
    const status = eventsOf(name).findLast((event) => event.running === true || event.exiting === true);
    if (status === undefined) continue;
    if (status.exiting === true)
      throw new Fatal(`exiting, status={Exiting:true} (hint: see ${said(logFile)})`);
    // limactl writes that it is ready when both processes have their pid files.
    if (statusOf(name) !== "Running") continue;
    if (status.degraded === true)
      throw new Fatal(`degraded, status={Degraded:true Errors:${status.errors?.join("; ")}}`);
    log("info", `READY. Run \`limactl shell ${name}\` to open the shell.`);
    return 0;
  }
  throw new Fatal("did not receive an event with the `running` status");
}

function eventsOf(name: string): Status[] {
  const file = fileOf(name, "ha.stdout.log");
  if (!existsSync(file)) return [];
  const lines = readFileSync(file, "utf8").split("\n").slice(0, -1);
  return lines.map((line) => (JSON.parse(line) as { status: Status }).status);
}

function timeoutMs(args: readonly string[]): number {
  const given = args.find((word) => word.startsWith("--timeout="));
  return given === undefined ? 600_000 : Number.parseFloat(given.slice("--timeout=".length)) * 1000;
}
