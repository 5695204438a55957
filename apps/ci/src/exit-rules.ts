import { exitRules as commandRules } from "@sysinit-internal/machine/exit-rules";
import type { ExitRules } from "@sysinit-internal/terminal";

/** A pipeline asks one thing of a failure: is it worth another try? Whatever is not its own configuration is status 3. */
export const exitRules: ExitRules = {
  ...commandRules,
  usage: new Set([
    ...commandRules.usage,
    "CELL_TWICE",
    "REPORT_UNREADABLE",
    "REPORT_VERSION_UNKNOWN",
    "SUITE_INVALID",
    "SUITE_UNREADABLE",
  ]),
  prerequisite: new Set([...commandRules.prerequisite, "LIMA_VERSION_ABSENT"]),
  otherwise: 3,
  timedOut: new Set(),
};
