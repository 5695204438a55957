import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, statfsSync } from "node:fs";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";

import { installImage, removeImage, verifyImages, type StoreEvent } from "../src/index.ts";
import { writeImage } from "./images.ts";

/** A directory on btrfs, xfs or another file system that clones files. To mount one takes root, so it is given from outside. */
const cloningDirectory = process.env["CLONING_DIRECTORY"];
const mebibyte = 1024 * 1024;

function freeBytes(directory: string): number {
  const { bfree, bsize } = statfsSync(directory);
  return bfree * bsize;
}

test.skipIf(cloningDirectory === undefined)(
  "an image on a file system that clones takes no space, and its removal frees none",
  async () => {
    const home = mkdtempSync(join(cloningDirectory!, "store-"));
    onTestFinished(() => rmSync(home, { recursive: true }));
    const directory = join(home, "_images");
    const source = writeImage(join(home, "image"), 64 * mebibyte);
    // What the store itself needs is there, and what was written is on the disk.
    await installImage({ directory, name: "other", source: writeImage(join(home, "other")) });
    execFileSync("sync", ["-f", home]);
    const before = freeBytes(home);

    const events: StoreEvent[] = [];
    await installImage({ directory, name: "a", source, onEvent: (event) => events.push(event) });
    expect(events.map(({ type }) => type)).toContain("cloned");
    expect(events.map(({ type }) => type)).not.toContain("copy");
    execFileSync("sync", ["-f", home]);
    expect(before - freeBytes(home)).toBeLessThan(8 * mebibyte);
    expect((await verifyImages({ directory })).every(({ ok }) => ok)).toBe(true);

    const env = { HOME: home };
    const { allocatedBytes } = await removeImage({ directory, name: "a", generation: "all", env });
    // What its files took is told; that the source still has it shows in what is free.
    expect(allocatedBytes).toBeGreaterThan(60 * mebibyte);
    execFileSync("sync", ["-f", home]);
    expect(freeBytes(home) - before).toBeLessThan(8 * mebibyte);
  },
);
