import { truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";

import { runInstall } from "../src/publish/run-install.ts";
import { rawDisk, sha256Of, writeImage } from "./images.ts";
import { canMount, runOnSmallDisk } from "./small-disk.ts";
import { contents, name, storeWith } from "./store.ts";
import { temporaryDirectory } from "./temporary-directory.ts";

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
  const env = { IMAGE: source, FILL_AT: fillAt };
  return runOnSmallDisk(mountPoint, mountOptions, "full-disk.ts", env) as Outcome;
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

test.skipIf(!canMount)(
  "on a disk that is full to the last byte and inode nothing is lost, and images can be removed",
  () => {
    const mountPoint = join(temporaryDirectory(), "disk");
    const outcome = runOnSmallDisk(mountPoint, "size=16m,nr_inodes=64", "verbs-on-full-disk.ts", {});
    expect(outcome).toEqual({
      use: "DISK_FULL",
      adopt: "DISK_FULL",
      afterFailures: "unchanged",
      pruned: [1, 2],
      reserveAfterPrune: true,
      removed: [5, 4, 3],
      left: [],
      nextGeneration: 6,
    });
  },
);

// A quota takes root to set: the error of the system stands for it.
test("a disk quota that is used up is told as a full disk", async () => {
  const { directory, home } = await storeWith(1);
  const before = contents(directory);
  const used = (step: string) => {
    if (step === "copied") throw Object.assign(new Error("EDQUOT: disk quota exceeded"), { code: "EDQUOT" });
  };
  const attempt = runInstall({ directory, name, source: writeImage(join(home, "_source")) }, used);
  await expect(attempt).rejects.toMatchObject({ code: "DISK_FULL" });
  await expect(attempt).rejects.toThrow("the disk quota is used up");
  expect(contents(directory)).toEqual(before);
});
