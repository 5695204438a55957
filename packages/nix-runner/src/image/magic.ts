import type { OutputFiles } from "./output-files.ts";

/** What a file is by its first bytes. */
export type FileKind =
  | { is: "image"; format: "qcow2" | "raw" }
  | { is: "compressed"; by: "gzip" | "zstd" | "xz" | "bzip2" }
  | { is: "other"; what: string };

interface Signature {
  offset: number;
  bytes: string;
}

const compressions: readonly ({ by: "gzip" | "zstd" | "xz" | "bzip2" } & Signature)[] = [
  { by: "gzip", offset: 0, bytes: "\x1f\x8b" },
  { by: "zstd", offset: 0, bytes: "\x28\xb5\x2f\xfd" },
  { by: "xz", offset: 0, bytes: "\xfd7zXZ\x00" },
  { by: "bzip2", offset: 0, bytes: "BZh" },
];

const others: readonly ({ what: string } & Signature)[] = [
  { what: "a VMDK image", offset: 0, bytes: "KDMV" },
  { what: "a VMDK descriptor", offset: 0, bytes: "# Disk DescriptorFile" },
  { what: "a VDI image", offset: 64, bytes: "\x7f\x10\xda\xbe" },
  { what: "a VHDX image", offset: 0, bytes: "vhdxfile" },
  { what: "a VHD image", offset: 0, bytes: "conectix" },
  { what: "a QED image", offset: 0, bytes: "QED\0" },
  { what: "a LUKS volume", offset: 0, bytes: "LUKS\xba\xbe" },
  // An ISO for sticks has a boot record, too.
  { what: "an ISO image", offset: 32769, bytes: "CD001" },
];

const bootRecords: readonly Signature[] = [
  { offset: 510, bytes: "\x55\xaa" },
  { offset: 512, bytes: "EFI PART" },
  { offset: 4096, bytes: "EFI PART" },
];

/** Tells by content what a file is. A raw image is one that has a partition table and is nothing else. */
export function kindOf(head: Buffer): FileKind {
  const has = ({ offset, bytes }: Signature) =>
    head.subarray(offset, offset + bytes.length).equals(Buffer.from(bytes, "latin1"));
  if (has({ offset: 0, bytes: "QFI\xfb" })) return { is: "image", format: "qcow2" };
  const compression = compressions.find(has);
  if (compression !== undefined) return { is: "compressed", by: compression.by };
  const other = others.find(has);
  if (other !== undefined) return { is: "other", what: other.what };
  if (bootRecords.some(has)) return { is: "image", format: "raw" };
  return { is: "other", what: head.length === 0 ? "empty" : "no disk image with a partition table" };
}

const headBytes = 33 * 1024;

/** As `kindOf`, of a file. */
export async function readKind(file: string, files: OutputFiles): Promise<FileKind> {
  return kindOf(await files.head(file, headBytes));
}
