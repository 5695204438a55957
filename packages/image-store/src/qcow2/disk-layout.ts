import { incompatible, type Qcow2Header } from "./header.ts";

/** How the tables of a qcow2 image lead to its data. Source: QEMU's docs/interop/qcow2, "Cluster mapping". */
export interface DiskLayout {
  clusterBits: number;
  clusterBytes: number;
  virtualBytes: number;
  l1TableOffset: number;
  /** Entries of the L1 table that the disk needs. */
  l1Entries: number;
  /** Entries of one L2 table, which fills one cluster. */
  l2Entries: number;
  /** 16 with extended L2 entries, which say of each 32nd of a cluster what it is; else 8. */
  l2EntryBytes: 8 | 16;
  compression: "zlib" | "zstd";
}

/** The layout of an image whose header was judged. */
export function diskLayout(header: Qcow2Header): DiskLayout {
  const clusterBytes = 2 ** header.clusterBits;
  const l2EntryBytes = (header.incompatibleFeatures & incompatible.extendedL2) === 0n ? 8 : 16;
  const l2Entries = clusterBytes / l2EntryBytes;
  const virtualBytes = Number(header.virtualBytes);
  return {
    clusterBits: header.clusterBits,
    clusterBytes,
    virtualBytes,
    l1TableOffset: Number(header.l1TableOffset),
    l1Entries: Math.ceil(virtualBytes / (clusterBytes * l2Entries)),
    l2Entries,
    l2EntryBytes,
    compression: header.compressionType === 1 ? "zstd" : "zlib",
  };
}
