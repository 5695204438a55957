import { extensionTypes, type ExtensionList } from "./extensions.ts";
import { findBadExtension } from "./extension-contents.ts";
import { autoclear, incompatible, type Qcow2Header } from "./header.ts";

/** Why an image is not accepted. */
export interface Refusal {
  /** Header field that gives the reason. */
  field: string;
  reason: string;
  hint: string;
}

/** Extended L2 entries speak of 32nds of a cluster, each of which is a sector at least. */
const smallestExtendedClusterBits = 14;

/** Largest disk that is believed. */
export const largestVirtualBytes = 16n * 1024n ** 4n;

const flatten = "Make an image that stands alone: qemu-img convert -f qcow2 -O qcow2 IMAGE NEW.";
const rebuild = "Build or download the image again.";
const largestTableBytes = { l1: 32 * 1024 ** 2, refcount: 8 * 1024 ** 2 };

/**
 * The first thing that speaks against a qcow2 image, or undefined. Refused is what makes QEMU or Lima open another file
 * (CVE-2015-5163, CVE-2024-32498), what needs a key, what says of itself that it is damaged, what we do not know, and
 * sizes that cannot be true.
 */
export function findRefusal(
  header: Qcow2Header,
  list: ExtensionList,
  fileBytes: number,
): Refusal | undefined {
  const has = (type: number) => list.extensions.some((extension) => extension.type === type);
  const feature = (bit: bigint) => (header.incompatibleFeatures & bit) !== 0n;

  if (header.version === 1) {
    return {
      field: "version",
      reason: "it is a qcow image of version 1",
      hint: "Convert it: qemu-img convert -f qcow -O qcow2 IMAGE NEW.",
    };
  }
  if (header.version !== 2 && header.version !== 3) {
    return { field: "version", reason: `its version ${header.version} is unknown`, hint: rebuild };
  }
  if (header.backingFileOffset !== 0n || header.backingFileSize !== 0) {
    return { field: "backing_file", reason: "it needs a backing file", hint: flatten };
  }
  if (
    feature(incompatible.externalDataFile) ||
    (header.autoclearFeatures & autoclear.rawExternalData) !== 0n
  ) {
    return { field: "incompatible_features", reason: "its data is in an external data file", hint: flatten };
  }
  if (has(extensionTypes.externalDataFile)) {
    return { field: "extension DATA", reason: "it names an external data file", hint: flatten };
  }
  if (header.cryptMethod !== 0 || has(extensionTypes.encryptionHeader)) {
    return {
      field: "crypt_method",
      reason: "it is encrypted",
      hint: "Decrypt it with qemu-img convert first.",
    };
  }
  if (feature(incompatible.corrupt)) {
    return { field: "incompatible_features", reason: "it is marked as corrupt", hint: rebuild };
  }
  if (feature(incompatible.dirty)) {
    return {
      field: "incompatible_features",
      reason: "it was not closed cleanly, or a VM is using it",
      hint: "Stop what uses it, then repair it: qemu-img check -r all IMAGE.",
    };
  }
  const known = Object.values(incompatible).reduce((bits, bit) => bits | bit, 0n);
  if ((header.incompatibleFeatures & ~known) !== 0n) {
    const unknown = (header.incompatibleFeatures & ~known).toString(16);
    return {
      field: "incompatible_features",
      reason: `it needs features that are unknown (0x${unknown})`,
      hint: rebuild,
    };
  }
  if (header.snapshotCount !== 0) {
    return {
      field: "nb_snapshots",
      reason: `it has ${header.snapshotCount} internal snapshots`,
      hint: flatten,
    };
  }
  const lie = findLie(header, fileBytes);
  if (lie !== undefined) return { ...lie, hint: rebuild };
  // Checked last: until here nothing depends on the list being whole, and each reason above says more.
  const problem = list.problem ?? findBadExtension(header, list.extensions, fileBytes);
  return problem === undefined ? undefined : { field: "extensions", reason: problem, hint: rebuild };
}

function findLie(header: Qcow2Header, fileBytes: number): Omit<Refusal, "hint"> | undefined {
  const { clusterBits, headerLength, virtualBytes } = header;
  if (clusterBits < 9 || clusterBits > 21) {
    return { field: "cluster_bits", reason: `clusters of 2^${clusterBits} bytes do not exist` };
  }
  const clusterBytes = 2 ** clusterBits;
  const extendedL2 = (header.incompatibleFeatures & incompatible.extendedL2) !== 0n;
  if (extendedL2 && clusterBits < smallestExtendedClusterBits) {
    return {
      field: "cluster_bits",
      reason: `clusters of 2^${clusterBits} bytes cannot have extended L2 entries`,
    };
  }
  if (header.version === 3 && (headerLength < 104 || headerLength % 8 !== 0 || headerLength > clusterBytes)) {
    return { field: "header_length", reason: `a header of ${headerLength} bytes cannot be` };
  }
  if (virtualBytes === 0n) return { field: "size", reason: "its disk has no size" };
  if (virtualBytes % 512n !== 0n) return { field: "size", reason: "its size is no multiple of 512" };
  if (virtualBytes > largestVirtualBytes) {
    return { field: "size", reason: `it claims a disk of ${tebibytes(virtualBytes)} TiB, 16 are believed` };
  }
  const compressed = (header.incompatibleFeatures & incompatible.compressionType) !== 0n;
  if (header.compressionType > 1 || compressed !== (header.compressionType !== 0)) {
    return {
      field: "compression_type",
      reason: `compression type ${header.compressionType} does not agree with its features`,
    };
  }
  if (header.refcountOrder > 6)
    return { field: "refcount_order", reason: `${header.refcountOrder} cannot be` };

  const entryBytes = extendedL2 ? 16n : 8n;
  const bytesPerL1Entry = BigInt(clusterBytes) * (BigInt(clusterBytes) / entryBytes);
  const needed = (virtualBytes + bytesPerL1Entry - 1n) / bytesPerL1Entry;
  if (header.l1Size > largestTableBytes.l1 / 8 || BigInt(header.l1Size) < needed) {
    return { field: "l1_size", reason: `${header.l1Size} entries cannot describe its disk` };
  }
  const l1 = liesInside(header.l1TableOffset, header.l1Size * 8, clusterBytes, fileBytes);
  if (l1 !== undefined) return { field: "l1_table_offset", reason: `the L1 table is ${l1}` };
  const { refcountTableClusters: clusters } = header;
  if (clusters < 1 || clusters * clusterBytes > largestTableBytes.refcount) {
    return { field: "refcount_table_clusters", reason: `a refcount table of ${clusters} clusters cannot be` };
  }
  // QEMU asks for this even where there are no snapshots.
  if (header.snapshotsOffset % BigInt(clusterBytes) !== 0n || header.snapshotsOffset >= 2n ** 63n)
    return { field: "snapshots_offset", reason: "the table of snapshots is not on a cluster" };
  const refcounts = liesInside(header.refcountTableOffset, 1, clusterBytes, fileBytes);
  if (refcounts !== undefined)
    return { field: "refcount_table_offset", reason: `the refcount table is ${refcounts}` };
  return undefined;
}

function liesInside(
  offset: bigint,
  bytes: number,
  clusterBytes: number,
  fileBytes: number,
): string | undefined {
  if (offset === 0n || offset % BigInt(clusterBytes) !== 0n) return "not on a cluster";
  if (offset + BigInt(bytes) > BigInt(fileBytes)) return "behind the end of the file";
  return undefined;
}

function tebibytes(bytes: bigint): string {
  return (Number(bytes) / 1024 ** 4).toFixed(0);
}
