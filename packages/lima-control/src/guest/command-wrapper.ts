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
  /** Reads the markers out of the standard error of the call. */
  read(stderr: string): WrappedOutcome;
  /** Takes the lines of standard error as they come and passes on those that are the command's own. */
  follow(onLine: ((line: string) => void) | undefined): { line(line: string): void; reached(): boolean };
  /** Ends the command and all that it started, from a second call. */
  killArgv: string[];
}

export interface WrappedOutcome {
  end: { exitCode: number } | "no-directory" | "cut-off" | "not-reached";
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
    follow(onLine) {
      let begun = false;
      return {
        reached: () => begun,
        line(line) {
          const at = line.indexOf(marker);
          if (begun && at !== 0) onLine?.(at === -1 ? line : line.slice(0, at));
          if (at !== -1) begun = true;
        },
      };
    },
    killArgv: [...sudo, "/bin/sh", "-c", killScript, "sh", `${idVariable}=${id}`],
  };
}

const killScript = `
send() { for file in $(grep -ls -e "$2" /proc/[0-9]*/environ); do pid=\${file#/proc/}; kill -"$1" "\${pid%/environ}" 2>/dev/null; done; }
send TERM "$1"; sleep 1; send KILL "$1"
`.trim();

function readMarker(stderr: string, marker: string): WrappedOutcome {
  const begin = `${marker} begin\n`;
  const begun = stderr.indexOf(begin);
  const own = begun === -1 ? stderr : stderr.slice(begun + begin.length);
  const at = own.lastIndexOf(`${marker} `);
  // The beginning may be lost when the command wrote more than is kept.
  if (at === -1) return { end: begun === -1 ? "not-reached" : "cut-off", stderr: own };
  const newline = own.indexOf("\n", at);
  const said = own.slice(at + marker.length + 1, newline === -1 ? undefined : newline);
  const rest = own.slice(0, at) + (newline === -1 ? "" : own.slice(newline + 1));
  if (said === "no-directory") return { end: "no-directory", stderr: rest };
  return /^\d{1,3}$/.test(said)
    ? { end: { exitCode: Number(said) }, stderr: rest }
    : { end: "cut-off", stderr: rest };
}
