import { chmodSync, mkdirSync, realpathSync, statSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";

import { installImage, showImage } from "../src/index.ts";
import { networkFileSystem } from "../src/store/network-file-system.ts";
import { writeImage } from "./images.ts";
import { canMount, runMounted, runOnSmallDisk } from "./small-disk.ts";
import { name } from "./store.ts";
import { temporaryDirectory } from "./temporary-directory.ts";

interface OtherVolumes {
  volumes: boolean[];
  removed: number[];
  failed: [number, string, string][];
  afterPrune: [number, boolean][];
  readOnly: Record<string, unknown>;
}

test.skipIf(!canMount)(
  "a store on a volume of its own takes images from another one, prunes what can be removed, and stays whole when it becomes read-only",
  () => {
    const home = temporaryDirectory();
    const env = { ELSEWHERE: join(home, "elsewhere") };
    const outcome = runOnSmallDisk(join(home, "disk"), "size=32m", "other-volumes.ts", env) as OtherVolumes;
    expect(outcome.volumes).toEqual([true, true]);
    // One image is a mount point: it cannot be moved. The others go.
    expect([outcome.removed, outcome.failed]).toEqual([
      [1, 3],
      [[2, "IO_FAILED", expect.stringMatching(/-2\.qcow2.*EBUSY/)]],
    ]);
    expect(outcome.afterPrune).toEqual([
      [4, true],
      [2, true],
    ]);
    const refusal = ["DIRECTORY_NOT_WRITABLE", expect.stringContaining("read-only")];
    expect(outcome.readOnly).toEqual({
      install: refusal,
      use: refusal,
      remove: refusal,
      listed: 2,
      verified: true,
      unchanged: true,
    });
  },
);

// The real root would be at home there.
test.skipIf(!canMount || process.getuid?.() === 0)(
  "root does not use the store of somebody else, and is told to run as its owner",
  () => {
    const home = temporaryDirectory();
    // Seen from the namespace we are root, and what belongs to the real root is somebody else's.
    const outcome = runMounted(":", "install-as-root.ts", {
      IMAGE: writeImage(join(home, "image")),
      DIRECTORY: "/usr/share",
    });
    expect(outcome).toEqual({
      uid: 0,
      code: "DIRECTORY_UNSAFE",
      message: expect.stringContaining("belongs to another user") as string,
      hint: "Run as the owner of the directory, not as root.",
    });
  },
);

test("a directory of images that is a link to one of ours is used, and images have their real paths", async () => {
  const home = temporaryDirectory();
  mkdirSync(join(home, "volume"));
  symlinkSync(join(home, "volume"), join(home, "_images"));
  const { image } = await installImage({
    directory: join(home, "_images"),
    name,
    source: writeImage(join(home, "a")),
  });
  expect(image.file.startsWith(join(realpathSync(home), "volume"))).toBe(true);
  expect(await showImage({ directory: join(home, "_images"), name })).toEqual(image);
});

test("a directory that everybody can write, but only remove their own from, is used", async () => {
  const home = temporaryDirectory();
  mkdirSync(join(home, "_images"));
  chmodSync(join(home, "_images"), 0o1777);
  const { image } = await installImage({
    directory: join(home, "_images"),
    name,
    source: writeImage(join(home, "a")),
  });
  expect(statSync(image.file).mode & 0o777).toBe(0o644);
});

test("network file systems are known by their number, and local ones are none", () => {
  expect([0x6969, 0xff534d42, 0xfe534d42, 0x517b, -11317950].map(networkFileSystem)).toEqual([
    "NFS",
    "CIFS",
    "SMB2",
    "SMB",
    "CIFS",
  ]);
  expect([0xef53, 0x9123683e, 0x58465342, 0x01021994].map(networkFileSystem)).toEqual(
    Array(4).fill(undefined),
  );
});
