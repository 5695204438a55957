import type { ExitRules } from "@sysinit-internal/terminal";

/** Which errors of the packages are the user's input, something missing on the machine, or a time-out. */
export const exitRules: ExitRules = {
  usage: new Set([
    "BAD_ARGUMENT",
    "BAD_INSTALLABLE",
    "BAD_INSTANCE_NAME",
    "BAD_NAME",
    "BAD_OPTION",
    "BAD_SETTING",
    "CONFIG_EXISTS",
    "CONFIG_INVALID",
    "CONFIG_UNREADABLE",
    "INVALID_TEMPLATE",
    "NO_IMAGE_SOURCE",
    "NO_PROJECT",
    "PATH_TOO_LONG",
    "TEMPLATE_INVALID",
    "TEMPLATE_REFUSED",
    "TEMPLATE_UNREADABLE",
    "UNKNOWN_ROW",
  ]),
  prerequisite: new Set([
    "HOME_UNSET",
    "LIMACTL_NOT_FOUND",
    "LIMACTL_TOO_OLD",
    "LIMA_HOME_UNUSABLE",
    "NIX_NOT_FOUND",
    "NIX_TOO_OLD",
    "NIX_UNUSABLE",
    "NO_BUILDER",
    "PREREQUISITE_MISSING",
    "ROOT_REFUSED",
  ]),
  timedOut: new Set(["EXEC_TIMEOUT", "LOCKED", "PROBE_TIMEOUT", "START_TIMEOUT", "TIMEOUT"]),
};
