import { nameBytesLeft } from "../check-instance-name.ts";
import type { HostCheck } from "./host-problem.ts";

// Room for the names that people give.
const comfortableNameBytes = 20;

/** Who runs limactl, and where its files go. */
export const checkUser: HostCheck = ({ env, home }) => {
  const problems: Awaited<ReturnType<HostCheck>> = [];
  if (process.geteuid?.() === 0) {
    problems.push({
      code: "ROOT_REFUSED",
      tool: "limactl",
      severity: "error",
      message: "limactl refuses to run as root",
      hint: "Use an ordinary user: runuser -u USER -- COMMAND",
    });
  }
  if ((env["HOME"] ?? "") === "") {
    problems.push({
      code: "HOME_UNSET",
      tool: "limactl",
      severity: "error",
      message: "HOME is not set, and limactl cannot run without it, even with LIMA_HOME",
      hint: "Set HOME to your home directory.",
    });
  }
  if (home !== undefined) {
    const room = nameBytesLeft(home);
    if (room < comfortableNameBytes) {
      problems.push({
        code: "PATH_TOO_LONG",
        tool: "limactl",
        severity: room < 1 ? "error" : "warning",
        message:
          room < 1
            ? `LIMA_HOME ${home} is too long: the sockets in it would have paths that the system refuses`
            : `LIMA_HOME ${home} is long: names of instances in it may have at most ${room} characters`,
        hint: "Set LIMA_HOME to a shorter directory.",
        found: home,
      });
    }
  }
  return Promise.resolve(problems);
};
