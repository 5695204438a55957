import { extensionTypes, type HeaderExtension } from "./extensions.ts";
import { autoclear, type Qcow2Header } from "./header.ts";

/** Longest name of a backing format: QEMU's block layer keeps it in 16 bytes, the last of them zero. */
const longestFormatName = 15;
const bitmapsLength = 24;
/** QEMU's block/qcow2.h: at most 65535 bitmaps, each with at most 1 KiB in their directory. */
const mostBitmaps = 65535;
const largestBitmapDirectoryBytes = 65535n * 1024n;

/**
 * What is wrong with the content of a header extension for which QEMU would not open the image (`qcow2_read_extensions` of
 * block/qcow2.c), or undefined. The directory that a list of bitmaps leads to is not read: no bitmap is part of the disk.
 */
export function findBadExtension(
  header: Qcow2Header,
  extensions: readonly HeaderExtension[],
  fileBytes: number,
): string | undefined {
  for (const { type, data } of extensions) {
    if (type === extensionTypes.backingFormat && data.length > longestFormatName)
      return `the name of a backing format has ${data.length} bytes, ${longestFormatName} are possible`;
    if (type === extensionTypes.bitmaps) {
      const bad = badBitmaps(header, data, fileBytes);
      if (bad !== undefined) return `its list of bitmaps ${bad}`;
    }
  }
  return undefined;
}

function badBitmaps(header: Qcow2Header, data: Buffer, fileBytes: number): string | undefined {
  if (data.length !== bitmapsLength) return `has ${data.length} bytes instead of ${bitmapsLength}`;
  // Whatever the list says, it is dropped then.
  if ((header.autoclearFeatures & autoclear.bitmaps) === 0n) return undefined;
  const count = data.readUInt32BE(0);
  if (count < 1 || count > mostBitmaps) return `cannot have ${count} entries`;
  if (data.readUInt32BE(4) !== 0) return "has a value where none may be";
  const bytes = data.readBigUInt64BE(8);
  const offset = data.readBigUInt64BE(16);
  if (bytes < 1n || bytes > largestBitmapDirectoryBytes) return `cannot have a directory of ${bytes} bytes`;
  if (offset === 0n || offset % 2n ** BigInt(header.clusterBits) !== 0n) return "is not on a cluster";
  return offset + bytes > BigInt(fileBytes) ? "is behind the end of the file" : undefined;
}
