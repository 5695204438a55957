import { createHash, randomBytes } from "node:crypto";
import { mkdirSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

const cluster = 64 * 1024;

/** Changes to a header: [offset, number of bytes, value], or [offset, bytes]. */
export type HeaderChange =
  [offset: number, size: 1 | 4 | 8, value: number | bigint] | [offset: number, bytes: Buffer];

/** An empty but valid qcow2 image of version 3, as the specification lays it out, with changes to its header. */
export function qcow2(changes: readonly HeaderChange[] = [], payload: Buffer = Buffer.alloc(0)): Buffer {
  const image = Buffer.alloc(4 * cluster);
  const header: HeaderChange[] = [
    [0, Buffer.from([0x51, 0x46, 0x49, 0xfb])],
    [4, 4, 3],
    [20, 4, 16],
    [24, 8, 16 * 1024 * 1024],
    [36, 4, 1],
    [40, 8, 3 * cluster],
    [48, 8, cluster],
    [56, 4, 1],
    [96, 4, 4],
    [100, 4, 112],
    // The refcount table leads to one block, which counts the four clusters.
    [cluster, 8, 2 * cluster],
    ...[0, 1, 2, 3].map((index): HeaderChange => [2 * cluster + 2 * index, Buffer.from([0, 1])]),
  ];
  for (const change of [...header, ...changes]) apply(image, change);
  return Buffer.concat([image, payload]);
}

/** The beginning of a header extension. */
export function extension(offset: number, type: number, length: number): HeaderChange[] {
  return [
    [offset, 4, type],
    [offset + 4, 4, length],
  ];
}

/** A list of bitmaps as a header extension; its directory lies in the last cluster. */
export function bitmaps({
  length = 24,
  count = 1,
  reserved = 0,
  bytes = 40,
  directory = 3 * cluster,
} = {}): HeaderChange[] {
  return [
    ...extension(112, 0x23852875, length),
    [120, 4, count],
    [124, 4, reserved],
    [128, 8, bytes],
    [136, 8, directory],
  ];
}

function apply(image: Buffer, change: HeaderChange): void {
  const [offset, sizeOrBytes, value] = change;
  if (typeof sizeOrBytes !== "number") sizeOrBytes.copy(image, offset);
  else if (sizeOrBytes === 8) image.writeBigUInt64BE(BigInt(value!), offset);
  else if (sizeOrBytes === 4) image.writeUInt32BE(Number(value), offset);
  else image.writeUInt8(Number(value), offset);
}

/** A raw disk with an MBR signature. */
export function rawDisk(bytes = 1024 * 1024): Buffer {
  const disk = Buffer.alloc(bytes);
  disk.writeUInt16LE(0xaa55, 510);
  return disk;
}

/** Writes an image whose content no other one has. */
export function writeImage(file: string, payloadBytes = 300 * 1024): string {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, qcow2([], randomBytes(payloadBytes)));
  return file;
}

export function sha256Of(file: string): string {
  return createHash("sha256").update(readFileSync(file)).digest("hex");
}

/** All that lies below a directory, as relative paths, sorted. */
export function tree(directory: string): string[] {
  return readdirSync(directory, { recursive: true, encoding: "utf8" }).sort();
}

/** What an idle store keeps besides images. */
export const idle = [
  ".image-store",
  ...["reserve-1", "reserve-2", "tmp"].map((name) => join(".image-store", name)),
];
