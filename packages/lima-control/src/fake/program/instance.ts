import { existsSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";

import { Fatal } from "./fatal.ts";
import { isAtLeast, limaHome, version } from "./settings.ts";
import { bytesOf, filled, parseTemplate } from "./template.ts";

/** Nobody listens there. */
export const sshLocalPort = 60_022;

export const directoryOf = (name: string): string => join(limaHome(), name);
export const fileOf = (name: string, file: string): string => join(directoryOf(name), file);
export const exists = (name: string): boolean => existsSync(fileOf(name, "lima.yaml"));

/** The names of all that may be an instance. */
export function allNames(): string[] {
  if (!existsSync(limaHome())) return [];
  return readdirSync(limaHome())
    .filter((name) => !/^[._]/.test(name) && statSync(directoryOf(name)).isDirectory())
    .sort();
}

export function templateOf(name: string) {
  return filled(parseTemplate(readFileSync(fileOf(name, "lima.yaml"), "utf8")), name);
}

/** The pid in a file, when that process lives; the file of a dead one is removed, as limactl does. */
export function livingPid(name: string, file: string): number | undefined {
  const path = fileOf(name, file);
  if (!existsSync(path)) return undefined;
  const pid = Number(readFileSync(path, "utf8"));
  try {
    process.kill(pid, 0);
    return pid;
  } catch {
    rmSync(path, { force: true });
    return undefined;
  }
}

export type Status = "Running" | "Stopped" | "Broken";

export function statusOf(name: string): Status {
  if (!exists(name)) return "Broken";
  const alive = [livingPid(name, "ha.pid"), livingPid(name, "qemu.pid")].filter((pid) => pid !== undefined);
  if (alive.length === 0) return "Stopped";
  return alive.length === 2 && existsSync(fileOf(name, "ha.sock")) ? "Running" : "Broken";
}

/** What `limactl list` tells of an instance. */
export function recordOf(name: string): Record<string, unknown> {
  const dir = directoryOf(name);
  if (!exists(name)) {
    return { name, hostname: "", status: "Broken", dir, vmType: "", arch: "", errors: [], protected: false };
  }
  const config = templateOf(name);
  const hostAgentPID = livingPid(name, "ha.pid");
  const driverPID = livingPid(name, "qemu.pid");
  return {
    name,
    hostname: `lima-${name.replaceAll(/[._]/g, "-")}`,
    status: statusOf(name),
    dir,
    vmType: config.vmType,
    arch: config.arch,
    cpus: config.cpus,
    memory: bytesOf(config.memory),
    disk: bytesOf(config.disk),
    ...(hostAgentPID === undefined ? {} : { sshLocalPort, hostAgentPID }),
    ...(driverPID === undefined ? {} : { driverPID }),
    sshConfigFile: join(dir, "ssh.config"),
    config,
    sshAddress: "127.0.0.1",
    protected: existsSync(join(dir, "protected")),
    limaVersion: version(),
  };
}

/** The same, for what cannot go on without one. */
export function requireInstance(name: string): void {
  if (exists(name)) return;
  throw new Fatal(`open ${fileOf(name, "lima.yaml")}: no such file or directory`);
}

/** A name as the messages of that version have it. */
export const said = (name: string): string => (isAtLeast("2.2") ? `\`${name}\`` : `"${name}"`);
