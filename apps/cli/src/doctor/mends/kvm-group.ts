import { constants } from "node:fs";
import { access, stat } from "node:fs/promises";
import { userInfo } from "node:os";

import { findExecutable, runProcess } from "@sysinit-internal/process";

import type { FindMends } from "../mend.ts";

const device = "/dev/kvm";

/** A user who is not in the group that may use KVM. sudo asks for the password itself, on the terminal. */
export const kvmGroup: FindMends = async ({ env, signal }) => {
  const found = await stat(device).catch(() => undefined);
  const isUsable = await access(device, constants.R_OK | constants.W_OK).then(
    () => true,
    () => false,
  );
  const sudo = findExecutable("sudo", { env });
  // One that only root may use is not for a group.
  if (found === undefined || isUsable || found.gid === 0 || (found.mode & 0o060) !== 0o060 || !sudo)
    return [];
  const args = ["usermod", "--append", "--groups", "kvm", userInfo().username];
  return [
    {
      problem: `${device} is there, but you are not in the group that may use it`,
      action: `sudo ${args.join(" ")} (holds after the next login)`,
      async mend() {
        const { exitCode } = await runProcess({ file: sudo, args, env, signal, stdio: "inherit" });
        if (exitCode !== 0) throw new Error(`sudo ended with ${exitCode}`);
      },
    },
  ];
};
