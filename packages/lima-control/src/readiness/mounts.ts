import type { GuestResult } from "../handles/options.ts";

// The guest's user may name a mount point through a symbolic link (the home directories of Lima 2.1 are linked), so the
// guest says what each path really is.
export const mountScript =
  'cat /proc/self/mountinfo && echo && for path do readlink -f -- "$path" || echo "$path"; done';

/** Those of the paths at which nothing is mounted in the guest. */
export async function missingMounts(
  exec: (argv: readonly string[]) => Promise<GuestResult>,
  paths: readonly string[],
): Promise<string[]> {
  if (paths.length === 0) return [];
  const { stdout } = await exec(["/bin/sh", "-c", mountScript, "sh", ...paths]);
  return judgeMounts(stdout, paths);
}

/** Decides on the output of the script: a table of mounts, an empty line, and the real path of each path. */
export function judgeMounts(output: string, paths: readonly string[]): string[] {
  const [table = "", real = ""] = output.split("\n\n");
  const mounted = new Set(mountPoints(table));
  const realPaths = real.split("\n");
  return paths.filter((path, index) => !mounted.has(realPaths[index] ?? path));
}

/** The mount points of /proc/PID/mountinfo: its fifth field, with spaces and the like as octal numbers, proc(5). */
export function mountPoints(mountinfo: string): string[] {
  return mountinfo
    .split("\n")
    .map((line) => line.split(" ")[4])
    .filter((point) => point !== undefined)
    .map((point) =>
      Buffer.from(
        point.replace(/\\([0-7]{3})/g, (_, octal: string) => String.fromCharCode(Number.parseInt(octal, 8))),
        "latin1",
      ).toString("utf8"),
    );
}
