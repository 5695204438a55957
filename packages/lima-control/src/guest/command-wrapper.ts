import { randomUUID } from "node:crypto";

/**
 * How a command is run in the guest.
 *
 * ssh ends with the status of the remote command, or with 255 when it failed itself, and limactl with 1 for failures of
 * its own: a status alone does not say whose it is. So a small script around the command writes the status to stderr,
 * behind a marker that no command can know. A call that ends without a marker did not get to its end in the guest.
 *
 * `exec` in a subshell starts programs only, never a builtin, and takes a first argument like `A=b` for what it is.
 * The id in the environment lets a command that is to be ended be found, with all that it started.
 */
const wrapper = `
sysinit_marker=$1 sysinit_cwd=$2 sysinit_count=$3
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
  /** Reads the marker out of the standard error of the call. */
  read(stderr: string): WrappedOutcome;
  /** What a line of standard error shows without the marker; undefined when nothing is left. */
  withoutMarker(line: string): string | undefined;
  /** Ends the command and all that it started, from a second call. */
  killArgv: string[];
}

export interface WrappedOutcome {
  end: { exitCode: number } | "no-directory" | "not-reached";
  stderr: string;
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
    read: (stderr) => readMarker(stderr, marker),
    withoutMarker(line) {
      const at = line.indexOf(marker);
      if (at === -1) return line;
      return at === 0 ? undefined : line.slice(0, at);
    },
    killArgv: [...sudo, "/bin/sh", "-c", killScript, "sh", `${idVariable}=${id}`],
  };
}

const killScript = `
send() { for file in $(grep -ls -e "$2" /proc/[0-9]*/environ); do pid=\${file#/proc/}; kill -"$1" "\${pid%/environ}" 2>/dev/null; done; }
send TERM "$1"; sleep 1; send KILL "$1"
`.trim();

function readMarker(stderr: string, marker: string): WrappedOutcome {
  const at = stderr.lastIndexOf(marker);
  if (at === -1) return { end: "not-reached", stderr };
  const newline = stderr.indexOf("\n", at);
  const line = stderr.slice(at + marker.length, newline === -1 ? undefined : newline).trim();
  const rest = stderr.slice(0, at) + (newline === -1 ? "" : stderr.slice(newline + 1));
  if (line === "no-directory") return { end: "no-directory", stderr: rest };
  return /^\d{1,3}$/.test(line)
    ? { end: { exitCode: Number(line) }, stderr: rest }
    : { end: "not-reached", stderr };
}
