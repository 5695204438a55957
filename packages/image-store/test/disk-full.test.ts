import { spawnSync } from "node:child_process";
import { mkdirSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";

import { rawDisk, sha256Of, writeImage } from "./images.ts";
import { temporaryDirectory } from "./temporary-directory.ts";

const fullDisk = join(import.meta.dirname, "fixtures/full-disk.ts");

/** A small file system needs a mount, which an ordinary user may do in a namespace of its own where the system allows it. */
const enter = ["--map-root-user", "--mount", "sh", "-c"];
const canMount =
  process.platform === "linux" &&
  spawnSync("unshare", [...enter, 'mount -t tmpfs -o size=1m tmpfs "$1"', "sh", "/mnt"]).status === 0;

interface Outcome {
  code: string;
  message: string;
  details: Record<string, unknown>;
  before: string[];
  after: string[];
  again: { outcome: string; generation: number; sha256: string };
}

/** Runs an install on a file system of this size, which is filled up at the given step. */
function installOnSmallDisk(mountOptions: string, source: string, fillAt: string): Outcome {
  const mountPoint = join(source, "../disk");
  mkdirSync(mountPoint, { recursive: true });
  const script = 'mount -t tmpfs -o "$1" tmpfs "$2" && shift 2 && exec "$@"';
  const { status, stdout, stderr } = spawnSync(
    "unshare",
    [
      ...enter,
      script,
      "sh",
      mountOptions,
      mountPoint,
      "env",
      `MOUNT_POINT=${mountPoint}`,
      `IMAGE=${source}`,
      `FILL_AT=${fillAt}`,
      process.execPath,
      "--disable-warning=ExperimentalWarning",
      "--conditions=@sysinit/source",
      fullDisk,
    ],
    { encoding: "utf8" },
  );
  expect([status, stderr]).toEqual([0, ""]);
  return JSON.parse(stdout) as Outcome;
}

const mebibyte = 1024 * 1024;

test.skipIf(!canMount)("an image that does not fit is refused before the copy, with the sizes", () => {
  const source = writeImage(join(temporaryDirectory(), "a"), 12 * mebibyte);
  const { code, message, details, before, after } = installOnSmallDisk("size=8m", source, "never");
  expect(code).toBe("DISK_FULL");
  expect(message).toMatch(/no room .* 12\.\d MiB are needed, [78]\.\d MiB are free/);
  expect(details["neededBytes"]).toBeGreaterThan(details["availableBytes"] as number);
  expect(after).toEqual(before);
});

test.skipIf(!canMount).each([
  ["in the middle of the copy", "copy"],
  ["when the image is to be linked", "copied"],
  ["when the manifest is written", "linked"],
  ["when the latest link is moved", "recorded"],
])(
  "a disk that is full %s leaves the store as it was, and free space makes the install good",
  (_, fillAt) => {
    const source = writeImage(join(temporaryDirectory(), "a"), 12 * mebibyte);
    const { code, message, before, after, again } = installOnSmallDisk(
      "size=32m,nr_inodes=64",
      source,
      fillAt,
    );
    expect(code).toBe("DISK_FULL");
    expect(message).toContain("no space, or no inodes, left");
    expect(after).toEqual(before);
    expect(again).toEqual({ outcome: "installed", generation: 2, sha256: sha256Of(source) });
  },
);

test.skipIf(!canMount)("a sparse image needs only the space of its data", () => {
  const source = join(temporaryDirectory(), "sparse");
  writeFileSync(source, rawDisk(512));
  truncateSync(source, 128 * mebibyte);
  const { code, again } = installOnSmallDisk("size=8m", source, "never");
  expect(code).toBe("");
  expect(again).toMatchObject({ outcome: "unchanged", generation: 2 });
});
