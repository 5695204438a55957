import { randomBytes } from "node:crypto";
import { existsSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { deflateRawSync, zstdCompressSync } from "node:zlib";
import { expect, test } from "vitest";

import { installImage, listImages, removeImage, repairStore, showImage, verifyImage } from "../src/index.ts";
import { qcow2, rawDisk, sha256Of, tree, type HeaderChange } from "./images.ts";
import { contents, name, storeWith } from "./store.ts";

const cluster = 64 * 1024;
const diskBytes = 16 * 1024 * 1024;
const copied = 1n << 63n;
const zero = 1n;

/** An image whose one L2 table is the cluster 4, with data from cluster 5 on. */
function imageWith(
  entries: readonly [index: number, entry: bigint][],
  data: readonly Buffer[] = [],
  changes: readonly HeaderChange[] = [],
) {
  const table = Buffer.alloc(cluster);
  for (const [index, entry] of entries) table.writeBigUInt64BE(BigInt.asUintN(64, entry), index * 8);
  return qcow2([[3 * cluster, 8, copied | BigInt(4 * cluster)], ...changes], Buffer.concat([table, ...data]));
}

/** An L2 entry of a compressed cluster: "Compressed Clusters Descriptor" of QEMU's specification, for 64 KiB clusters. */
function compressedEntry(offset: number, bytes: number): bigint {
  const sectors = Math.ceil(((offset % 512) + bytes) / 512) - 1;
  return (1n << 62n) | (BigInt(sectors) << 54n) | BigInt(offset);
}

async function rawOf(image: Buffer) {
  const { directory, home, env } = await storeWith(0);
  const source = join(home, "_source");
  writeFileSync(source, image);
  const { image: stored } = await installImage({ directory, name, source, withRaw: true });
  return { directory, home, env, source, stored, disk: readFileSync(stored.raw!.file) };
}

test("the raw disk stands beside the image, under its name, with its own digest", async () => {
  const data = randomBytes(cluster);
  const { directory, stored, disk } = await rawOf(imageWith([[2, copied | BigInt(5 * cluster)]], [data]));
  expect(stored.raw).toEqual({
    file: stored.file.replace(/\.qcow2$/, ".raw"),
    bytes: diskBytes,
    allocatedBytes: statSync(stored.raw!.file).blocks * 512,
    sha256: sha256Of(stored.raw!.file),
  });
  const expected = Buffer.alloc(diskBytes);
  data.copy(expected, 2 * cluster);
  expect(disk.equals(expected)).toBe(true);
  // What is not data is a hole.
  expect(stored.raw!.allocatedBytes).toBeLessThan(4 * cluster);
  expect(await showImage({ directory, name })).toEqual(stored);
  expect(await listImages({ directory })).toEqual([stored]);
  expect(await verifyImage({ directory, name })).toEqual({ image: stored, ok: true, problems: [] });
});

test("clusters of zeros, and those that an old version left allocated, are holes", async () => {
  const { disk } = await rawOf(
    imageWith(
      [
        [0, zero],
        [1, zero | BigInt(5 * cluster)],
      ],
      [randomBytes(cluster)],
    ),
  );
  expect(disk.equals(Buffer.alloc(diskBytes))).toBe(true);
});

test.each<[string, (data: Buffer) => Buffer, HeaderChange[]]>([
  ["zlib", (data) => deflateRawSync(data, { windowBits: 12 }), []],
  [
    "zstd",
    (data) => zstdCompressSync(data),
    [
      [72, 8, 8],
      [104, 1, 1],
    ],
  ],
])("clusters compressed with %s, which share a sector, are read", async (_, compress, changes) => {
  const [first, second] = ["a", "b"].map((text) => Buffer.alloc(cluster, `${text}${"x".repeat(999)}`)) as [
    Buffer,
    Buffer,
  ];
  const packed = [first, second].map(compress) as [Buffer, Buffer];
  const start = 5 * cluster + 100;
  const { disk } = await rawOf(
    imageWith(
      [
        [3, compressedEntry(start, packed[0].length)],
        [9, compressedEntry(start + packed[0].length, packed[1].length)],
      ],
      [Buffer.alloc(100), ...packed],
      changes,
    ),
  );
  expect(disk.subarray(3 * cluster, 4 * cluster).equals(first)).toBe(true);
  expect(disk.subarray(9 * cluster, 10 * cluster).equals(second)).toBe(true);
});

test("a file that ends within its last cluster has zeros there", async () => {
  const { disk } = await rawOf(imageWith([[0, copied | BigInt(5 * cluster)]], [Buffer.alloc(1000, 7)]));
  expect(disk.subarray(0, 1001).equals(Buffer.concat([Buffer.alloc(1000, 7), Buffer.alloc(1)]))).toBe(true);
});

test.each<[string, Buffer, string]>([
  [
    "whose table of data is behind its end",
    qcow2([[3 * cluster, 8, BigInt(99 * cluster)]]),
    "out of the file",
  ],
  ["whose table of data is not on a cluster", qcow2([[3 * cluster, 8, BigInt(512)]]), "out of the file"],
  ["whose data is behind its end", imageWith([[0, BigInt(99 * cluster)]]), "behind the end of the file"],
  [
    "whose compressed data is behind its end",
    imageWith([[0, compressedEntry(99 * cluster, 9)]]),
    "behind the end",
  ],
  [
    "whose compressed data is none",
    imageWith([[0, compressedEntry(5 * cluster, 99)]], [Buffer.alloc(99, 255)]),
    "decompressed",
  ],
  [
    "whose compressed data is too little",
    imageWith(
      [[0, compressedEntry(5 * cluster, 99)]],
      [Buffer.concat([deflateRawSync("x"), Buffer.alloc(99)])],
    ),
    "has 1 bytes",
  ],
  [
    "whose compressed data is a bomb",
    imageWith([[0, compressedEntry(5 * cluster, 9999)]], [deflateRawSync(Buffer.alloc(9_000_000))]),
    "decompressed",
  ],
  [
    "that uses one cluster for all of its disk",
    imageWith(
      Array.from({ length: 256 }, (_, index): [number, bigint] => [index, BigInt(5 * cluster)]),
      [randomBytes(cluster)],
    ),
    "clusters twice",
  ],
])("an image %s gets no raw disk, and is not stored", async (_, image, reason) => {
  const { directory, home } = await storeWith(1, ["other"]);
  const before = contents(directory);
  writeFileSync(join(home, "_source"), image);
  const attempt = installImage({ directory, name, source: join(home, "_source"), withRaw: true });
  await expect(attempt).rejects.toMatchObject({ code: "IMAGE_DAMAGED" });
  await expect(attempt).rejects.toThrow(reason);
  expect(contents(directory)).toEqual(before);
});

test("an image that is stored already gets its raw disk when that is asked for, and only once", async () => {
  const { directory, home } = await storeWith(0);
  const source = join(home, "_source");
  writeFileSync(source, imageWith([[0, copied | BigInt(5 * cluster)]], [randomBytes(cluster)]));
  const first = await installImage({ directory, name, source });
  expect(first.image.raw).toBeUndefined();
  const second = await installImage({ directory, name, source, withRaw: true });
  expect(second).toMatchObject({ outcome: "installed", image: { generation: 1, raw: { bytes: diskBytes } } });
  const before = contents(directory);
  expect(await installImage({ directory, name, source, withRaw: true })).toEqual({
    image: second.image,
    outcome: "unchanged",
  });
  expect(await installImage({ directory, name, source })).toMatchObject({ outcome: "unchanged" });
  expect(contents(directory)).toEqual(before);
});

test("a file of the user's with the name of the raw disk stays, and the image becomes another generation", async () => {
  const { directory, home } = await storeWith(0);
  const source = join(home, "_source");
  writeFileSync(source, imageWith([]));
  const { image } = await installImage({ directory, name, source });
  const mine = image.file.replace(/\.qcow2$/, ".raw");
  writeFileSync(mine, "mine");
  const again = await installImage({ directory, name, source, withRaw: true });
  expect(again).toMatchObject({ outcome: "installed", image: { generation: 2, raw: { bytes: diskBytes } } });
  expect(readFileSync(mine, "utf8")).toBe("mine");
});

test("a raw image needs no raw disk beside it", async () => {
  const { directory, home } = await storeWith(0);
  writeFileSync(join(home, "_source"), rawDisk());
  const { image } = await installImage({ directory, name, source: join(home, "_source"), withRaw: true });
  expect([image.format, image.raw]).toEqual(["raw", undefined]);
});

test("a raw disk that was written to, or removed, is found; a removed one is taken out of the manifest", async () => {
  const { directory, stored } = await rawOf(imageWith([]));
  writeFileSync(stored.raw!.file, "x", { flag: "r+" });
  const { problems } = await verifyImage({ directory, name });
  expect(problems).toEqual([expect.stringMatching(/^its raw disk: its SHA-256 is .* last written to at/)]);
  rmSync(stored.raw!.file);
  expect((await verifyImage({ directory, name })).problems).toEqual([
    expect.stringMatching(/raw disk.*does not exist/),
  ]);
  expect((await repairStore({ directory })).findings).toMatchObject([
    { kind: "missing-raw-disk", repaired: true },
  ]);
  expect(await verifyImage({ directory, name })).toMatchObject({ ok: true });
});

test("the raw disk is removed with its image", async () => {
  const { directory, env, stored } = await rawOf(imageWith([]));
  const { allocatedBytes } = await removeImage({ directory, name, generation: "all", env });
  expect(allocatedBytes).toBe(stored.allocatedBytes + stored.raw!.allocatedBytes);
  expect(existsSync(stored.raw!.file)).toBe(false);
  expect(tree(directory).filter((path) => path.includes(name))).toEqual([]);
});

test("a signal ends the writing of the raw disk, and nothing of it is left", async () => {
  const { directory, home } = await storeWith(1, ["other"]);
  const before = contents(directory);
  const source = join(home, "_source");
  writeFileSync(source, imageWith([]));
  const stop = new AbortController();
  const attempt = installImage({
    directory,
    name,
    source,
    withRaw: true,
    signal: stop.signal,
    onEvent: (event) => event.type === "convert" && stop.abort(),
  });
  await expect(attempt).rejects.toMatchObject({ code: "ABORTED" });
  expect(contents(directory)).toEqual(before);
});
