// Layout and limits: QEMU's docs/interop/qcow2 specification and block/qcow2.h. All numbers are big-endian.

export const qcow2Magic = Buffer.from([0x51, 0x46, 0x49, 0xfb]);

/** Bytes from the beginning of the file that are read to judge an image; nothing behind them is followed. */
export const headerWindowBytes = 64 * 1024;

/** The fixed header fields, as they stand in the file. */
export interface Qcow2Header {
  version: number;
  backingFileOffset: bigint;
  backingFileSize: number;
  clusterBits: number;
  /** Size of the disk that a VM sees. */
  virtualBytes: bigint;
  cryptMethod: number;
  l1Size: number;
  l1TableOffset: bigint;
  refcountTableOffset: bigint;
  refcountTableClusters: number;
  snapshotCount: number;
  snapshotsOffset: bigint;
  incompatibleFeatures: bigint;
  autoclearFeatures: bigint;
  refcountOrder: number;
  headerLength: number;
  /** 0 zlib, 1 zstd. */
  compressionType: number;
}

/** Bits of `incompatibleFeatures`. */
export const incompatible = {
  dirty: 1n << 0n,
  corrupt: 1n << 1n,
  externalDataFile: 1n << 2n,
  compressionType: 1n << 3n,
  extendedL2: 1n << 4n,
} as const;

/** Bits of `autoclearFeatures`. */
export const autoclear = {
  /** The bitmaps that an extension names agree with the disk; without it they are not looked at. */
  bitmaps: 1n << 0n,
  /** The external data file holds the disk's bytes as they are. */
  rawExternalData: 1n << 1n,
} as const;

const version2Length = 72;
const version3Length = 104;

/**
 * Reads the fixed header from the beginning of the file; undefined when the file ends before it does. Version 2 ends
 * after 72 bytes, what version 3 added has its defaults then.
 */
export function readHeader(window: Buffer): Qcow2Header | undefined {
  if (window.length < version2Length) return undefined;
  const version = window.readUInt32BE(4);
  if (version >= 3 && window.length < version3Length) return undefined;
  const later = version >= 3;
  const headerLength = later ? window.readUInt32BE(100) : version2Length;
  return {
    version,
    backingFileOffset: window.readBigUInt64BE(8),
    backingFileSize: window.readUInt32BE(16),
    clusterBits: window.readUInt32BE(20),
    virtualBytes: window.readBigUInt64BE(24),
    cryptMethod: window.readUInt32BE(32),
    l1Size: window.readUInt32BE(36),
    l1TableOffset: window.readBigUInt64BE(40),
    refcountTableOffset: window.readBigUInt64BE(48),
    refcountTableClusters: window.readUInt32BE(56),
    snapshotCount: window.readUInt32BE(60),
    snapshotsOffset: window.readBigUInt64BE(64),
    incompatibleFeatures: later ? window.readBigUInt64BE(72) : 0n,
    autoclearFeatures: later ? window.readBigUInt64BE(88) : 0n,
    refcountOrder: later ? window.readUInt32BE(96) : 4,
    headerLength,
    compressionType:
      later && headerLength > version3Length && window.length > 104 ? window.readUInt8(104) : 0,
  };
}
