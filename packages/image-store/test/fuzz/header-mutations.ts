import fc from "fast-check";

import { qcow2 } from "../images.ts";

/** One change to the bytes of an image. */
export interface Mutation {
  offset: number;
  bytes: Uint8Array;
}

/** Where the fields of a header begin, and how many bytes each has: QEMU's docs/interop/qcow2. */
const fields: readonly [offset: number, size: 4 | 8][] = [
  [4, 4],
  [8, 8],
  [16, 4],
  [20, 4],
  [24, 8],
  [32, 4],
  [36, 4],
  [40, 8],
  [48, 8],
  [56, 4],
  [60, 4],
  [64, 8],
  [72, 8],
  [80, 8],
  [88, 8],
  [96, 4],
  [100, 4],
  [104, 4],
];

const extensionTypes = [0, 0xe2792aca, 0x6803f857, 0x23852875, 0x0537be77, 0x44415441, 0x12345678];

/** Numbers at which parsers break, besides any others. */
const numbers = fc.oneof(
  fc.constantFrom(
    0n,
    1n,
    2n,
    3n,
    4n,
    8n,
    16n,
    24n,
    72n,
    103n,
    104n,
    112n,
    511n,
    512n,
    513n,
    65535n,
    65536n,
    2n ** 31n - 1n,
  ),
  fc.constantFrom(
    2n ** 31n,
    2n ** 32n - 8n,
    2n ** 32n - 1n,
    2n ** 44n,
    2n ** 53n,
    2n ** 63n,
    2n ** 64n - 512n,
    2n ** 64n - 1n,
  ),
  fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }),
  fc.integer({ min: 0, max: 63 }).map((bit) => 1n << BigInt(bit)),
);

function numberBytes(value: bigint, size: 4 | 8): Uint8Array {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64BE(value);
  return bytes.subarray(size === 8 ? 0 : 4);
}

const field = fc
  .tuple(fc.constantFrom(...fields), numbers)
  .map(([[offset, size], value]): Mutation => ({ offset, bytes: numberBytes(value, size) }));

const anyByte = fc
  .tuple(fc.integer({ min: 4, max: 300 }), fc.integer({ min: 0, max: 255 }))
  .map(([offset, value]): Mutation => ({ offset, bytes: Uint8Array.of(value) }));

const extension = fc
  .tuple(fc.integer({ min: 12, max: 64 }), fc.constantFrom(...extensionTypes), numbers)
  .map(([eighth, type, length]): Mutation => {
    const bytes = Buffer.alloc(8);
    bytes.writeUInt32BE(type);
    bytes.writeUInt32BE(Number(BigInt.asUintN(32, length)), 4);
    return { offset: eighth * 8, bytes };
  });

/** Up to six changes to a header. */
export const headerMutations = fc.array(
  fc.oneof(
    { arbitrary: field, weight: 4 },
    { arbitrary: anyByte, weight: 1 },
    { arbitrary: extension, weight: 2 },
  ),
  { maxLength: 6 },
);

const base = qcow2();
const fewBytes = base.subarray(0, 4096);

/** The beginning of an image with changes. Only what can be changed is copied: millions of them are made. */
export function mutatedBeginning(mutations: readonly Mutation[], length: number): Buffer {
  const beginning = Buffer.from(fewBytes.subarray(0, length));
  for (const { offset, bytes } of mutations)
    beginning.set(bytes.subarray(0, Math.max(0, length - offset)), Math.min(offset, length));
  return beginning;
}

/** A whole image with changes to its header. */
export function mutatedImage(mutations: readonly Mutation[]): Buffer {
  const image = Buffer.from(base);
  for (const { offset, bytes } of mutations) image.set(bytes, offset);
  return image;
}
