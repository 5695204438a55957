import { isAbsolute, join, resolve } from "node:path";

import { hostArch } from "./detect-accelerator.ts";
import { throwIfAborted } from "./failures/aborted.ts";
import { checkLimactl } from "./host/check-limactl.ts";
import { checkQemu } from "./host/check-qemu.ts";
import { checkSsh } from "./host/check-ssh.ts";
import { checkUser } from "./host/check-user.ts";
import type { HostCheck, HostProblem } from "./host/host-problem.ts";

export interface CheckHostOptions {
  env?: Readonly<Record<string, string | undefined>> | undefined;
  /** Name or path; "limactl" by default. */
  limactl?: string | undefined;
  /** LIMA_HOME; by default that of `env`, else `~/.lima`. */
  home?: string | undefined;
  signal?: AbortSignal | undefined;
}

const checks: readonly HostCheck[] = [checkUser, checkLimactl, checkQemu, checkSsh];

/**
 * Looks whether this machine can run VMs, without changing anything. Returns what is wrong, and nothing when all is well.
 *
 * @throws LimaControlError ABORTED
 */
export async function checkHost(options: CheckHostOptions = {}): Promise<HostProblem[]> {
  const env = options.env ?? process.env;
  const context = {
    env,
    limactl: options.limactl ?? "limactl",
    home: limaHome(options.home, env),
    platform: process.platform,
    arch: hostArch(),
    signal: options.signal,
  };
  const found = await Promise.all(checks.map((check) => check(context)));
  // A tool that was ended by it looks like one that does not work.
  throwIfAborted("checking this machine", options.signal);
  return found.flat();
}

/** Where limactl keeps its instances; undefined when nothing says so. */
export function limaHome(
  home: string | undefined,
  env: Readonly<Record<string, string | undefined>>,
): string | undefined {
  const chosen = (home || undefined) ?? (env["LIMA_HOME"] || undefined);
  if (chosen !== undefined) return resolve(chosen);
  const user = env["HOME"] ?? "";
  return isAbsolute(user) ? join(user, ".lima") : undefined;
}
