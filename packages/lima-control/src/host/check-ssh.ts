import { findExecutable } from "@sysinit-internal/process";

import type { HostCheck } from "./host-problem.ts";

/** limactl reaches the guest by ssh, and makes its key with ssh-keygen. */
export const checkSsh: HostCheck = ({ env }) =>
  Promise.resolve(
    ["ssh", "ssh-keygen"]
      .filter((program) => findExecutable(program, { env }) === undefined)
      .map((program) => ({
        code: "SSH_NOT_FOUND" as const,
        tool: program,
        severity: "error" as const,
        message: `${program} is not on PATH`,
        hint: "Install package openssh-client (Debian), openssh-clients (Fedora), openssh (Arch).",
      })),
  );
