import type { DiskLayout } from "./disk-layout.ts";

/** A part of the disk that holds data, as one L2 entry tells it. What no part covers is zeros. */
export type DataPart =
  | { kind: "plain"; guestOffset: number; hostOffset: number; bytes: number }
  /** `bytes` of the file hold one whole compressed cluster, and perhaps more behind it. */
  | { kind: "compressed"; guestOffset: number; hostOffset: number; bytes: number };

const compressedBit = 1n << 62n;
const zeroBit = 1n;
const offsetMask = 0x00ff_ffff_ffff_fe00n;
const subclusters = 32;

/** The offset in an L1 or L2 entry; 0 where nothing is allocated. */
export function entryOffset(entry: bigint): number {
  return Number(entry & offsetMask);
}

/** What the L2 entry at an index of its table says of the cluster at `guestOffset`. */
export function readL2Entry(
  table: Buffer,
  index: number,
  guestOffset: number,
  layout: DiskLayout,
): readonly DataPart[] {
  const at = index * layout.l2EntryBytes;
  const entry = table.readBigUInt64BE(at);
  if ((entry & compressedBit) !== 0n) return [compressedPart(entry, guestOffset, layout)];
  const hostOffset = entryOffset(entry);
  if (hostOffset === 0) return [];
  if (layout.l2EntryBytes === 16) {
    return subclusterParts(table.readUInt32BE(at + 12), guestOffset, hostOffset, layout);
  }
  if ((entry & zeroBit) !== 0n) return [];
  return [{ kind: "plain", guestOffset, hostOffset, bytes: layout.clusterBytes }];
}

/** "Compressed Clusters Descriptor": the offset, then how many more sectors of 512 bytes it reaches into. */
function compressedPart(entry: bigint, guestOffset: number, { clusterBits }: DiskLayout): DataPart {
  const offsetBits = BigInt(62 - (clusterBits - 8));
  const descriptor = entry & (compressedBit - 1n);
  const hostOffset = Number(descriptor & ((1n << offsetBits) - 1n));
  const sectors = Number(descriptor >> offsetBits) + 1;
  return { kind: "compressed", guestOffset, hostOffset, bytes: sectors * 512 - (hostOffset % 512) };
}

/** "Extended L2 Entries": bit N of the allocation bitmap stands for the Nth 32nd of the cluster. */
function subclusterParts(
  allocated: number,
  guestOffset: number,
  hostOffset: number,
  { clusterBytes }: DiskLayout,
): DataPart[] {
  const bytes = clusterBytes / subclusters;
  return Array.from({ length: subclusters }, (_, index) => index)
    .filter((index) => ((allocated >>> index) & 1) === 1)
    .map((index) => ({
      kind: "plain",
      guestOffset: guestOffset + index * bytes,
      hostOffset: hostOffset + index * bytes,
      bytes,
    }));
}
