import type { ExitRules } from "@sysinit-internal/terminal";

/** Which errors of the packages are the user's input, a missing tool, or a time-out. */
export const exitRules: ExitRules = {
  usage: new Set([
    "BAD_INSTALLABLE",
    "BAD_NAME",
    "BAD_INSTANCE_NAME",
    "PATH_TOO_LONG",
    "TEMPLATE_INVALID",
    "TEMPLATE_UNREADABLE",
    "NO_IMAGE_SOURCE",
  ]),
  prerequisite: new Set([
    "NIX_NOT_FOUND",
    "NIX_TOO_OLD",
    "LIMACTL_NOT_FOUND",
    "LIMACTL_TOO_OLD",
    "RUNNING_AS_ROOT",
    "HOME_UNSET",
    "QEMU_NOT_FOUND",
    "QEMU_TOO_OLD",
    "FIRMWARE_NOT_FOUND",
    "NO_BUILDER",
  ]),
  timedOut: new Set(["BUILD_TIMEOUT", "START_TIMEOUT", "PROBE_TIMEOUT", "EXEC_TIMEOUT", "LOCK_TIMEOUT"]),
};
