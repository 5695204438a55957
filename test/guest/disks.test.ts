import { truncate, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { Guest } from "./guest.ts";

/** Sectors of 512 bytes, as sysfs counts. */
const gib = 2 ** 21;

let guest: Guest;
beforeEach(async () => {
  guest = await Guest.make("2.2", "rich");
  await guest.edit("mnt/lima-cidata/lima.env", (text) =>
    text.replace(
      /^LIMA_CIDATA_DISKS=0$/m,
      "LIMA_CIDATA_DISKS=1\nLIMA_CIDATA_DISK_0_NAME=data\nLIMA_CIDATA_DISK_0_DEVICE=vdb",
    ),
  );
  await guest.write("dev/vdb", "");
  await truncate(join(guest.root, "dev/vdb"), 2 ** 20);
  await sizes(gib, gib - 4096);
});
afterEach(() => guest.remove());

/** What the kernel says of a disk and its partition. */
async function sizes(disk: number, partition: number): Promise<void> {
  await guest.write("sys/class/block/vdb/size", `${disk}\n`);
  await guest.write("sys/class/block/vdb1/start", "2048\n");
  await guest.write("sys/class/block/vdb1/size", `${partition}\n`);
}

/** As an earlier boot left it. */
async function formatted(): Promise<void> {
  await guest.write("dev/vdb1", "");
  await guest.write("dev/disk/by-label/lima-data", "");
}

/** The programs that were started for the disk, in their order. */
const started = async () =>
  (await guest.read("../calls"))
    .split("\n")
    .map((line) => line.split(" ")[0])
    .filter((name) => name !== "" && name !== "udevadm");

test("a blank disk is formatted and mounted", async () => {
  expect(await guest.step("attach-disks")).toMatchObject({ exitCode: 0 });
  expect(await started()).toEqual(["sfdisk", "mkfs.ext4", "mount", "resize2fs"]);
  expect(await guest.calls("mount")).toEqual([
    `mount -t ext4 ${guest.root}/dev/vdb1 ${guest.root}/mnt/lima-data`,
  ]);
});

test.each([
  ["swap", ["sfdisk", "mkswap", "swapon"]],
  ["xfs", ["sfdisk", "mkfs.xfs", "mount", "xfs_growfs"]],
  ["btrfs", ["sfdisk", "mkfs.btrfs", "mount", "btrfs"]],
])("a blank disk for %s is made that", async (type, programs) => {
  await guest.edit("mnt/lima-cidata/lima.env", (text) => `${text}LIMA_CIDATA_DISK_0_FSTYPE=${type}\n`);
  expect(await guest.step("attach-disks")).toMatchObject({ exitCode: 0 });
  expect(await started()).toEqual(programs);
});

test("a disk on which anything is, is never formatted", async () => {
  const swap = Buffer.alloc(2 ** 20);
  swap.writeUInt32LE(1, 1024);
  swap.writeUInt32LE(255, 1028);
  swap.write("SWAPSPACE2", 4086);
  await writeFile(join(guest.root, "dev/vdb"), swap);
  const { exitCode, output } = await guest.step("attach-disks");
  expect(exitCode).toBe(1);
  expect(output).toContain("disk data: vdb has no first partition");
  expect(await guest.has("mnt/lima-data")).toBe(false);
});

test("a disk that has grown is grown once it is mounted: written to before, it could lose its partition under the mount", async () => {
  await formatted();
  await sizes(2 * gib, gib - 4096);
  expect((await guest.step("attach-disks")).exitCode).toBe(0);
  expect(await started()).toEqual(["mount", "sfdisk", "partx", "resize2fs"]);
});

test("the table of a disk that has not grown is not written", async () => {
  await formatted();
  expect((await guest.step("attach-disks")).exitCode).toBe(0);
  expect(await started()).toEqual(["mount", "resize2fs"]);
});

test("a disk that is not there is told by its name", async () => {
  await guest.edit("mnt/lima-cidata/lima.env", (text) => text.replace("DEVICE=vdb", "DEVICE=vdc"));
  const { exitCode, output } = await guest.step("attach-disks");
  expect(exitCode).toBe(1);
  expect(output).toContain("disk data: there is no device vdc");
});
