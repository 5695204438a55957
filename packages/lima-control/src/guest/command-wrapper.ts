import { randomUUID } from "node:crypto";

/**
 * How a command is run in the guest.
 *
 * ssh ends with the status of the remote command, or with 255 when it failed itself, and limactl with 1 for failures of
 * its own: a status alone does not say whose it is. So a small script around the command writes the status to stderr,
 * behind a marker that no command can know. A call that ends without a marker did not get to its end in the guest.
 * A marker at the beginning says that the guest was reached, and parts off what ssh and login scripts wrote.
 *
 * `exec` in a subshell starts programs only, never a builtin, and takes a first argument like `A=b` for what it is.
 * The id in the environment lets a command that is to be ended be found, with all that it started.
 */
const wrapper = `
sysinit_marker=$1 sysinit_cwd=$2 sysinit_count=$3
printf '%s begin\\n' "$sysinit_marker" >&2
shift 3
while [ "$sysinit_count" -gt 0 ]; do export "$1"; shift; sysinit_count=$((sysinit_count - 1)); done
cd -- "$sysinit_cwd" 2>/dev/null || { printf '%s no-directory\\n' "$sysinit_marker" >&2; exit 125; }
(exec "$@")
sysinit_status=$?
printf '%s %s\\n' "$sysinit_marker" "$sysinit_status" >&2
exit "$sysinit_status"
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
  const assignments = Object.entries({ ...options.env, [idVariable]: id }).map(
    ([key, value]) => `${key}=${value}`,
  );
  return {
    argv: [
      ...sudo,
      "/bin/sh",
      "-c",
      wrapper,
      "sh",
      marker,
      options.cwd,
      String(assignments.length),
      ...assignments,
      ...argv,
    ],
    marker,
    killArgv: [...sudo, "/bin/sh", "-c", killScript, "sh", `${idVariable}=${id}`],
  };
}

const killScript = `
send() { for file in $(grep -ls -e "$2" /proc/[0-9]*/environ); do pid=\${file#/proc/}; kill -"$1" "\${pid%/environ}" 2>/dev/null; done; }
send TERM "$1"; sleep 1; send KILL "$1"
`.trim();
