import { access } from "node:fs/promises";
import { dirname, join } from "node:path";
import { realpath } from "node:fs/promises";

import { findExecutable, runProcess } from "@sysinit-internal/process";

import { failureText } from "../limactl/log-line.ts";
import type { HostCheck, HostProblem } from "./host-problem.ts";
import { findVersion, isOlder } from "./version.ts";

const oldestVersion = "1.2";

/** limactl itself, its version and its guest agent. */
export const checkLimactl: HostCheck = async ({ env, limactl, arch, signal }) => {
  const path = findExecutable(limactl, { env });
  if (path === undefined) {
    return [
      {
        code: "LIMACTL_NOT_FOUND",
        tool: "limactl",
        severity: "error",
        message: `limactl is not there: ${limactl.includes("/") ? limactl : "it is not on PATH"}`,
        hint: "Install Lima: brew install lima, or see https://lima-vm.io/docs/installation/",
      },
    ];
  }
  const problems: HostProblem[] = [];
  // As root limactl does not even tell its version, and without HOME it crashes; both are told by another check.
  if (process.geteuid?.() !== 0 && (env["HOME"] ?? "") !== "") {
    const outcome = await runProcess({ file: path, args: ["--version"], env, timeoutMs: 30_000, signal });
    const version = findVersion(outcome.stdout);
    if (outcome.exitCode !== 0) {
      problems.push({
        code: "LIMACTL_FAILED",
        tool: "limactl",
        severity: "error",
        message: `${path} does not work: ${failureText(outcome.stderr)}`,
        hint: "Install Lima again.",
        found: path,
      });
    } else if (version !== undefined && isOlder(version, oldestVersion)) {
      problems.push({
        code: "LIMACTL_TOO_OLD",
        tool: "limactl",
        severity: "error",
        message: `limactl ${version} is too old, ${oldestVersion} or newer is needed`,
        hint: "Update Lima: brew upgrade lima, or see https://lima-vm.io/docs/installation/",
        found: version,
      });
    }
  }
  const agent = await guestAgentFile(path, arch);
  if (agent === undefined) {
    problems.push({
      code: "GUEST_AGENT_NOT_FOUND",
      tool: "lima-guestagent",
      severity: "error",
      message: `the guest agent for ${arch} is not in share/lima beside ${path}`,
      hint: "Install Lima as a whole, with its share/lima directory.",
    });
  }
  return problems;
};

/** Where limactl finds its guest agent: below the prefix that it is installed in (pkg/usrlocal/usrlocal.go of Lima). */
async function guestAgentFile(limactl: string, arch: string): Promise<string | undefined> {
  for (const file of [limactl, await realpath(limactl)]) {
    const prefix = dirname(dirname(file));
    for (const suffix of [".gz", ""]) {
      const agent = join(prefix, "share/lima", `lima-guestagent.Linux-${arch}${suffix}`);
      try {
        await access(agent);
        return agent;
      } catch {
        continue;
      }
    }
  }
  return undefined;
}
