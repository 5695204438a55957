import { randomUUID } from "node:crypto";

import { execArguments, withVariables } from "./exec-arguments.ts";

/**
 * How a command is run in the guest.
 *
 * ssh ends with the status of the remote command, or with 255 when it failed itself, and limactl with 1 for failures of
 * its own: a status alone does not say whose it is. So a small script around the command writes the status to stderr,
 * behind a marker that no command can know. A call that ends without a marker did not get to its end in the guest.
 * A marker at the beginning says that the guest was reached, and parts off what ssh and login scripts wrote.
 *
 * The command has a subshell of its own, which it takes the place of. The script has no variables of its own, which a login
 * script could have exported, and no standard error: a shell says there which signal killed a program.
 * The id in the environment lets a command that is to be ended be found, with all that it started.
 */
const wrapper = `
exec 3>&2 2>/dev/null
printf '%s begin\\n' "$1" >&3
cd -- "$2" || { printf '%s no-directory\\n' "$1" >&3; exit 125; }
export "$3"
(exec 2>&3 3>&-; shift 3; ${execArguments})
set -- "$1" "$?"
printf '%s %s\\n' "$1" "$2" >&3
exit "$2"
`.trim();

const idVariable = "SYSINIT_LIMA_CALL";

export interface WrappedCommand {
  argv: string[];
  /** What stands before the words of ours in the standard error of the call. */
  marker: string;
  /** Ends the command and all that it started, from a second call. */
  killArgv: string[];
}

export function wrapCommand(
  argv: readonly string[],
  options: { cwd: string; env: Readonly<Record<string, string>>; user: "root" | undefined; id?: string },
): WrappedCommand {
  const id = options.id ?? randomUUID();
  const marker = `\u001e${id}`;
  const sudo = options.user === "root" ? ["sudo", "-n", "--"] : [];
  const { [idVariable]: _, ...env } = options.env;
  return {
    argv: [
      ...sudo,
      "/bin/sh",
      "-c",
      wrapper,
      "sh",
      marker,
      options.cwd,
      `${idVariable}=${id}`,
      ...withVariables(env, argv),
    ],
    marker,
    killArgv: [...sudo, "/bin/sh", "-c", killScript, "sh", `${idVariable}=${id}`],
  };
}

const killScript = `
send() { for file in $(grep -ls -e "$2" /proc/[0-9]*/environ); do pid=\${file#/proc/}; kill -"$1" "\${pid%/environ}" 2>/dev/null; done; }
send TERM "$1"; sleep 1; send KILL "$1"
`.trim();
