import { spawnSync } from "node:child_process";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { expect } from "vitest";

/** A file system of ours needs a mount, which an ordinary user may do in a namespace of its own where the system allows it. */
const enter = ["--map-root-user", "--mount", "sh", "-c"];
const tryMount = 'mount -t tmpfs -o size=1m tmpfs "$1"';

/** Whether an ordinary user can mount here. */
export const canMount =
  process.platform === "linux" && spawnSync("unshare", [...enter, tryMount, "sh", "/mnt"]).status === 0;

/**
 * Runs a program of `fixtures` after shell commands that mount what it needs, in a mount namespace of its own, and gives
 * what it printed as JSON.
 */
export function runMounted(mounts: string, fixture: string, env: Record<string, string>): unknown {
  const program = [
    process.execPath,
    "--disable-warning=ExperimentalWarning",
    "--conditions=@sysinit/source",
    join(import.meta.dirname, "fixtures", fixture),
  ];
  const { status, stdout, stderr } = spawnSync(
    "unshare",
    [...enter, `set -e; ${mounts}; exec "$@"`, "sh", ...program],
    { encoding: "utf8", env: { ...process.env, ...env } },
  );
  expect([status, stderr]).toEqual([0, ""]);
  return JSON.parse(stdout);
}

/** Runs a program of `fixtures` with a small file system at MOUNT_POINT. */
export function runOnSmallDisk(
  mountPoint: string,
  mountOptions: string,
  fixture: string,
  env: Record<string, string>,
): unknown {
  mkdirSync(mountPoint, { recursive: true });
  const mount = `mount -t tmpfs -o "$MOUNT_OPTIONS" tmpfs "$MOUNT_POINT"`;
  return runMounted(mount, fixture, { ...env, MOUNT_POINT: mountPoint, MOUNT_OPTIONS: mountOptions });
}
