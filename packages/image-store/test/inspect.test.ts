import { symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";

import { inspectImage } from "../src/index.ts";
import { bitmaps, extension, qcow2, rawDisk, type HeaderChange } from "./images.ts";
import { temporaryDirectory } from "./temporary-directory.ts";

const cluster = 64 * 1024;
const tebibyte = 1024n ** 4n;

async function inspect(content: Buffer) {
  const file = join(temporaryDirectory(), "image");
  writeFileSync(file, content);
  return await inspectImage(file);
}

test("a qcow2 image is known by its content, and a link to it is followed", async () => {
  const directory = temporaryDirectory();
  writeFileSync(join(directory, "nixos.img"), qcow2());
  symlinkSync("nixos.img", join(directory, "latest"));
  const expected = { format: "qcow2", virtualBytes: 16 * 1024 ** 2, bytes: 4 * cluster, warnings: [] };
  expect(await inspectImage(join(directory, "nixos.img"))).toMatchObject(expected);
  expect(await inspectImage(join(directory, "latest"))).toMatchObject(expected);
});

test.each<[string, HeaderChange[]]>([
  [
    "of version 2",
    [
      [4, 4, 2],
      [96, Buffer.alloc(12)],
    ],
  ],
  ["with lazy refcounts", [[80, 8, 1]]],
  ["with unknown compatible features", [[80, 8, 1n << 40n]]],
  ["with unknown autoclear features", [[88, 8, 1n << 40n]]],
  ["with persistent bitmaps", [[88, 8, 1], ...bitmaps()]],
  ["with bitmaps that no longer agree with it", bitmaps({ count: 0, directory: 7 })],
  ["with the name of a backing format", extension(112, 0xe2792aca, 15)],
  ["with a table of feature names", extension(112, 0x6803f857, 384)],
  ["with an unknown extension", extension(112, 0x12345678, 16)],
  [
    "with the largest disk that is believed",
    [
      [20, 4, 21],
      [24, 8, 16n * tebibyte],
      [36, 4, 64],
      [40, 8, 2 ** 21],
      [48, 8, 2 ** 21],
    ],
  ],
])("an image %s is accepted", async (name, changes) => {
  const content = name.includes("largest")
    ? Buffer.concat([qcow2(changes), Buffer.alloc(4 * 2 ** 20)])
    : qcow2(changes);
  expect((await inspect(content)).format).toBe("qcow2");
});

test.each<[string, HeaderChange[], string]>([
  ["version", [[4, 4, 1]], "version 1"],
  ["version", [[4, 4, 4]], "version 4"],
  [
    "backing_file",
    [
      [8, 8, 528],
      [16, 4, 11],
    ],
    "backing file",
  ],
  ["backing_file", [[16, 4, 11]], "backing file"],
  ["incompatible_features", [[72, 8, 4]], "external data file"],
  ["incompatible_features", [[88, 8, 2]], "external data file"],
  ["extension DATA", extension(112, 0x44415441, 10), "external data file"],
  [
    "extension DATA",
    [...extension(112, 0x12345678, 5), ...extension(128, 0x44415441, 10)],
    "external data file",
  ],
  ["crypt_method", [[32, 4, 1]], "encrypted"],
  ["crypt_method", [[32, 4, 2]], "encrypted"],
  ["crypt_method", extension(112, 0x0537be77, 16), "encrypted"],
  ["incompatible_features", [[72, 8, 2]], "corrupt"],
  ["incompatible_features", [[72, 8, 1]], "not closed cleanly"],
  ["incompatible_features", [[72, 8, 1n << 5n]], "unknown"],
  ["incompatible_features", [[72, 8, 1n << 63n]], "0x8000000000000000"],
  ["nb_snapshots", [[60, 4, 1]], "snapshots"],
  ["cluster_bits", [[20, 4, 8]], "2^8"],
  ["cluster_bits", [[20, 4, 22]], "2^22"],
  [
    "cluster_bits",
    [
      [20, 4, 13],
      [72, 8, 16],
    ],
    "2^13 bytes cannot have extended L2",
  ],
  ["cluster_bits", [[20, 4, 0xffffffff]], "2^4294967295"],
  ["header_length", [[100, 4, 96]], "96 bytes"],
  ["header_length", [[100, 4, 113]], "113 bytes"],
  ["header_length", [[100, 4, 0xfffffff8]], "4294967288"],
  ["size", [[24, 8, 0]], "no size"],
  ["size", [[24, 8, 1000]], "multiple of 512"],
  ["size", [[24, 8, 60n * tebibyte]], "60 TiB"],
  ["size", [[24, 8, (1n << 64n) - 512n]], "16777216 TiB"],
  ["compression_type", [[104, 1, 1]], "compression type 1"],
  [
    "compression_type",
    [
      [104, 1, 7],
      [72, 8, 8],
    ],
    "compression type 7",
  ],
  ["compression_type", [[72, 8, 8]], "compression type 0"],
  ["refcount_order", [[96, 4, 7]], "7"],
  ["l1_size", [[36, 4, 0]], "0 entries"],
  ["l1_size", [[36, 4, 0xffffffff]], "4294967295 entries"],
  ["l1_size", [[24, 8, tebibyte]], "1 entries"],
  ["l1_table_offset", [[40, 8, 0]], "not on a cluster"],
  ["l1_table_offset", [[40, 8, 3 * cluster + 8]], "not on a cluster"],
  ["l1_table_offset", [[40, 8, 4 * cluster]], "behind the end"],
  ["l1_table_offset", [[40, 8, (1n << 64n) - 65536n]], "behind the end"],
  ["snapshots_offset", [[64, 8, 77]], "not on a cluster"],
  ["snapshots_offset", [[64, 8, 1n << 63n]], "not on a cluster"],
  ["refcount_table_clusters", [[56, 4, 0]], "0 clusters"],
  ["refcount_table_clusters", [[56, 4, 0xffffffff]], "4294967295 clusters"],
  ["refcount_table_offset", [[48, 8, 77]], "not on a cluster"],
  ["refcount_table_offset", [[48, 8, 1n << 40n]], "behind the end"],
  ["extensions", extension(112, 0x12345678, 0xffffffff), "4294967295 bytes"],
  ["extensions", extension(112, 0xe2792aca, 16), "backing format has 16 bytes"],
  ["extensions", bitmaps({ length: 32 }), "32 bytes instead of 24"],
  ["extensions", [[88, 8, 1], ...bitmaps({ count: 0 })], "0 entries"],
  ["extensions", [[88, 8, 1], ...bitmaps({ count: 65536 })], "65536 entries"],
  ["extensions", [[88, 8, 1], ...bitmaps({ reserved: 1 })], "where none may be"],
  ["extensions", [[88, 8, 1], ...bitmaps({ bytes: 0 })], "directory of 0 bytes"],
  ["extensions", [[88, 8, 1], ...bitmaps({ bytes: 65535 * 1024 + 1 })], "directory of 67107841 bytes"],
  ["extensions", [[88, 8, 1], ...bitmaps({ directory: 0 })], "not on a cluster"],
  ["extensions", [[88, 8, 1], ...bitmaps({ directory: cluster + 8 })], "not on a cluster"],
  ["extensions", [[88, 8, 1], ...bitmaps({ directory: 4 * cluster })], "behind the end"],
  ["extensions", extension(112, 0, 0xffff0000), "4294901760 bytes"],
  ["extensions", [[112, Buffer.alloc(cluster - 112, Buffer.from([1, 1, 1, 1, 0, 0, 0, 0]))]], "more than 64"],
])("a header whose %s is bad is refused with the field", async (field, changes, reason) => {
  const refusing = inspect(qcow2(changes));
  await expect(refusing).rejects.toMatchObject({ code: "UNSAFE_IMAGE", details: { field } });
  await expect(refusing).rejects.toThrow(reason);
  await expect(refusing).rejects.toMatchObject({ hint: expect.any(String) as string });
});

test.each([4, 71, 72, 103])("a header of only %d bytes is refused", async (length) => {
  await expect(inspect(qcow2().subarray(0, length))).rejects.toMatchObject({ code: "UNSAFE_IMAGE" });
});

test("no bytes make the header reader fail otherwise than by a refusal", async () => {
  // A fixed sequence, so that a failure can be seen again.
  let seed = 42;
  const random = (below: number) => (seed = (seed * 1103515245 + 12345) % 2 ** 31) % below;
  for (let round = 0; round < 300; round++) {
    const changes = Array.from({ length: 1 + random(4) }, (): HeaderChange => [
      4 + random(156),
      1,
      random(256),
    ]);
    const outcome = await inspect(qcow2(changes)).catch((error: { code: string }) => error);
    expect("format" in outcome || outcome.code === "UNSAFE_IMAGE", JSON.stringify(changes)).toBe(true);
  }
});

test("what only some drivers read is a warning", async () => {
  expect(
    (
      await inspect(
        qcow2([
          [72, 8, 8],
          [104, 1, 1],
        ]),
      )
    ).warnings,
  ).toEqual([expect.stringContaining("zstd")]);
  expect((await inspect(qcow2([[72, 8, 16]]))).warnings).toEqual([expect.stringContaining("extended L2")]);
});

test("a raw disk needs a partition table", async () => {
  expect(await inspect(rawDisk())).toMatchObject({
    format: "raw",
    virtualBytes: 1024 ** 2,
    bytes: 1024 ** 2,
  });
  const gpt = Buffer.alloc(8192);
  gpt.write("EFI PART", 512);
  expect((await inspect(gpt)).format).toBe("raw");
  await expect(inspect(Buffer.alloc(8192))).rejects.toMatchObject({ code: "NOT_AN_IMAGE" });
  await expect(inspect(Buffer.alloc(1))).rejects.toMatchObject({ code: "NOT_AN_IMAGE" });
});

test.each<[string, number, string]>([
  ["VMDK", 0, "KDMV"],
  ["VMDK descriptor", 0, "# Disk DescriptorFile\n"],
  ["VDI", 64, "\x7f\x10\xda\xbe"],
  ["VHDX", 0, "vhdxfile"],
  ["VHD", 0, "conectix"],
  ["VHD", 1024 ** 2 - 512, "conectix"],
  ["QED", 0, "QED\0"],
  ["LUKS", 0, "LUKS\xba\xbe"],
  ["ISO 9660", 32769, "CD001"],
  ["gzip", 0, "\x1f\x8b\x08"],
  ["zstd", 0, "\x28\xb5\x2f\xfd"],
  ["xz", 0, "\xfd7zXZ\0"],
  ["bzip2", 0, "BZh9"],
  ["lz4", 0, "\x04\x22\x4d\x18"],
  ["zip", 0, "PK\x03\x04"],
  ["tar", 257, "ustar"],
])("%s is named in the error, even with a partition table's signature", async (format, offset, magic) => {
  const disk = rawDisk();
  disk.write(magic, offset, "latin1");
  const refusing = inspect(disk);
  await expect(refusing).rejects.toMatchObject({ code: "NOT_AN_IMAGE", details: { foundFormat: format } });
  await expect(refusing).rejects.toThrow(`format ${format}`);
});
