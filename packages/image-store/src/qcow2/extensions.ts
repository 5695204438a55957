/** A header extension: its type and its data. */
export interface HeaderExtension {
  type: number;
  data: Buffer;
}

/** The list of header extensions, or why it cannot be believed. */
export type ExtensionList =
  | { extensions: readonly HeaderExtension[]; problem?: undefined }
  | { extensions: readonly HeaderExtension[]; problem: string };

export const extensionTypes = {
  end: 0,
  backingFormat: 0xe2792aca,
  externalDataFile: 0x44415441,
  encryptionHeader: 0x0537be77,
  bitmaps: 0x23852875,
} as const;

const most = 64;

/**
 * Walks the header extensions, from the end of the header to the end of the first cluster. The walk always moves on and
 * never leaves the window, whatever lengths the file claims.
 */
export function readExtensions(window: Buffer, headerLength: number, clusterBytes: number): ExtensionList {
  const end = Math.min(window.length, clusterBytes);
  const extensions: HeaderExtension[] = [];
  let offset = headerLength;
  while (offset + 8 <= end) {
    const type = window.readUInt32BE(offset);
    const length = window.readUInt32BE(offset + 4);
    // Also of the end: QEMU looks at the length first.
    if (offset + 8 + length > end) {
      return { extensions, problem: `a header extension claims ${length} bytes, which is behind the header` };
    }
    if (type === extensionTypes.end) return { extensions };
    extensions.push({ type, data: window.subarray(offset + 8, offset + 8 + length) });
    if (extensions.length > most)
      return { extensions, problem: `there are more than ${most} header extensions` };
    offset += 8 + Math.ceil(length / 8) * 8;
  }
  return { extensions, problem: "the list of header extensions has no end" };
}
