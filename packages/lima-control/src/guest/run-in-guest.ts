import { access } from "node:fs/promises";

import { runProcess, type ProcessOutcome, type ProcessRequest } from "@sysinit-internal/process";

import { abortedError } from "../failures/aborted.ts";
import type { SshConfig } from "../handles/ssh-config.ts";
import { instanceDirectory } from "../instances/instance-directory.ts";
import type { LimaContext } from "../lima-context.ts";
import { limactlShell } from "../limactl/shell.ts";
import { loadSshConfig } from "../ssh-config.ts";
import { loginShellCommand } from "./login-shell-command.ts";

type Options = Pick<ProcessRequest, "input" | "onChunk" | "timeoutMs" | "signal" | "maxOutputBytes">;

/**
 * Runs a command in the guest's login shell: through the ssh connection that Lima holds open, and where there is none, by
 * `limactl shell`, which opens one. limactl asks ssh for its version and reads the instance before it starts this same ssh
 * (cmd/limactl/shell.go), at each call.
 */
export async function runInGuest(
  context: LimaContext,
  name: string,
  argv: readonly string[],
  options: Options,
): Promise<ProcessOutcome> {
  const connection = await openConnection(context, name);
  if (connection !== undefined) {
    const { file, host } = connection;
    const outcome = await runProcess({
      ...options,
      file: "ssh",
      args: ["-F", file, "-o", "LogLevel=ERROR", host, "--", loginShellCommand(argv)],
      env: context.env,
    });
    if (outcome.reason === "aborted") throw abortedError(`a command in ${name}`, options.signal);
    // limactl says best what it misses.
    if (outcome.reason !== "spawn-failed") return outcome;
  }
  return limactlShell(context, name, "/", argv, options);
}

/** How the connection of the instance is reached, when its socket is there. */
async function openConnection(context: LimaContext, name: string): Promise<SshConfig | undefined> {
  try {
    const config = await loadSshConfig(instanceDirectory(context.home, name));
    await access(config.controlPath);
    return config;
  } catch {
    return undefined;
  }
}
