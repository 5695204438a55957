import { readFile } from "node:fs/promises";
import { join } from "node:path";

import { LimaControlError } from "./failures/lima-control-error.ts";
import { requireInstance } from "./find.ts";
import type { CallOptions } from "./handles/options.ts";
import type { SshConfig } from "./handles/ssh-config.ts";
import type { LimaContext } from "./lima-context.ts";

/** How ssh reaches the guest; see `RunningVm.sshConfig`. */
export async function sshConfig(
  context: LimaContext,
  name: string,
  { signal }: CallOptions = {},
): Promise<SshConfig> {
  const { dir, status } = await requireInstance(context, name, signal);
  // The file of the last start stays.
  if (status !== "Running") {
    throw new LimaControlError({
      code: "NOT_RUNNING",
      message: `instance ${name} does not run (${status || "unknown status"}), so ssh does not reach it`,
      hint: `Start it with: limactl start ${name}`,
      details: { instance: name, status },
    });
  }
  return await loadSshConfig(dir).catch((cause: unknown) => {
    const file = sshConfigFile(dir);
    throw new LimaControlError({
      code: "NOT_RUNNING",
      message: `instance ${name} has no ${file}: Lima writes it when it is started`,
      details: { instance: name, file },
      cause,
    });
  });
}

/** The `ssh.config` in the directory of an instance; fails where it cannot be read. */
export async function loadSshConfig(dir: string): Promise<SshConfig> {
  const file = sshConfigFile(dir);
  return { file, ...readSshConfig(await readFile(file, "utf8")) };
}

const sshConfigFile = (dir: string) => join(dir, "ssh.config");

/** Reads the `ssh.config` that Lima writes (pkg/sshutil/format.go): one host, one option a line, quoted where need be. */
export function readSshConfig(text: string): Omit<SshConfig, "file"> {
  const value = (option: string) => {
    const line = new RegExp(`^\\s*${option}\\s+(.+?)\\s*$`, "mi").exec(text)?.[1] ?? "";
    return line.startsWith('"') ? line.slice(1, -1).replace(/\\(["\\])/g, "$1") : line;
  };
  return {
    host: value("Host"),
    hostname: value("Hostname"),
    port: Number(value("Port")),
    user: value("User"),
    identityFile: value("IdentityFile"),
    controlPath: value("ControlPath"),
  };
}
