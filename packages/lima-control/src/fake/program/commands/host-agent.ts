import { spawn } from "node:child_process";
import { once } from "node:events";
import { rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

import { fileOf, sshLocalPort, templateOf } from "../instance.ts";
import { logLine } from "../log.ts";
import { faults, limaHome } from "../settings.ts";

/**
 * `hostagent --pidfile FILE --socket FILE NAME`: holds an instance while it runs, and tells its events on stdout, as
 * limactl's does (pkg/hostagent/events/events.go of Lima).
 */
export async function hostAgent([
  ,
  pidFile = "",
  ,
  socket = "",
  name = "",
]: readonly string[]): Promise<number> {
  const { start, bootMs = 50 } = faults();
  writeFileSync(pidFile, `${process.pid}\n`);
  createServer().listen(socket);
  writeFileSync(fileOf(name, "serial.log"), "the fake guest boots\r\n");
  writeFileSync(fileOf(name, "ssh.config"), sshConfig(name));
  tell({ sshLocalPort });

  const vm = spawn(process.execPath, [process.argv[1]!, "driver", "-pidfile", fileOf(name, "qemu.pid")], {
    stdio: "ignore",
  });
  const gone = once(vm, "exit");
  const leave = () => {
    tell({ exiting: true });
    vm.kill("SIGKILL");
    rmSync(pidFile, { force: true });
    rmSync(socket, { force: true });
    rmSync(fileOf(name, "qemu.pid"), { force: true });
    process.exit(0);
  };
  process.on("SIGINT", leave);
  process.on("SIGTERM", leave);
  void gone.then(leave);

  process.stderr.write(`${logLine("info", "Waiting for the essential requirement 1 of 3: `ssh`")}\n`);
  if (start === "fails") {
    process.stderr.write(
      `${logLine("info", "qemu[stderr]: qemu-system-x86_64: the fake was told to fail")}\n`,
    );
    vm.kill("SIGKILL");
  }
  if (start !== "hangs" && start !== "fails") {
    await sleep(bootMs);
    process.stderr.write(`${logLine("info", "The essential requirement 1 of 3 is satisfied")}\n`);
    const errors = ["guest agent does not seem to be running; port forwards will not work"];
    tell({ running: true, sshLocalPort, ...(start === "degraded" ? { degraded: true, errors } : {}) });
  }
  while (faults().dies !== true) await sleep(100);
  vm.kill("SIGKILL");
  await gone;
  return 0;
}

function sshConfig(name: string): string {
  return [
    `Host lima-${name.replaceAll(/[._]/g, "-")}`,
    `  IdentityFile "${join(limaHome(), "_config/user")}"`,
    `  User ${templateOf(name).user.name}`,
    `  ControlPath "${fileOf(name, "ssh.sock")}"`,
    "  Hostname 127.0.0.1",
    `  Port ${sshLocalPort}`,
    "",
  ].join("\n");
}

/** What stands for QEMU: it is there until it is killed. */
export async function driver([, pidFile = ""]: readonly string[]): Promise<number> {
  writeFileSync(pidFile, `${process.pid}\n`);
  for (;;) await sleep(60_000);
}

function tell(status: Record<string, unknown>): void {
  process.stdout.write(`${JSON.stringify({ time: new Date().toISOString(), status })}\n`);
}
