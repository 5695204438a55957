import type { FileHandle } from "node:fs/promises";

import { extensionTypes, readExtensions } from "./extensions.ts";
import { headerWindowBytes, qcow2Magic, readHeader } from "./header.ts";

const longestNameBytes = 1023;

/**
 * The files that a disk image names: backing file and external data file of a qcow2 image, as paths relative to the image.
 * An image of another format names none. Names that are addresses, as `nbd://`, are left out.
 *
 * Fails for a name that cannot be told from what the file says.
 */
export async function readDiskLinks(handle: FileHandle, fileBytes: number): Promise<string[]> {
  const window = Buffer.alloc(Math.min(fileBytes, headerWindowBytes));
  const { bytesRead } = await handle.read(window, 0, window.length, 0);
  const beginning = window.subarray(0, bytesRead);
  if (!beginning.subarray(0, qcow2Magic.length).equals(qcow2Magic)) return [];
  const header = readHeader(beginning);
  if (header === undefined) throw new Error("its header is cut off");
  const names: string[] = [];
  if (header.backingFileOffset !== 0n) {
    const { backingFileOffset: offset, backingFileSize: length } = header;
    if (length > longestNameBytes || offset + BigInt(length) > BigInt(fileBytes))
      throw new Error("the name of its backing file cannot be read");
    const name = Buffer.alloc(length);
    await handle.read(name, 0, length, Number(offset));
    names.push(name.toString());
  }
  const clusterBytes = 2 ** Math.min(header.clusterBits, 21);
  const { extensions } = readExtensions(beginning, header.headerLength, clusterBytes);
  for (const { type, data } of extensions) {
    if (type === extensionTypes.externalDataFile) names.push(data.toString());
  }
  return names.flatMap(localName);
}

// QEMU takes what has a protocol before a colon for an address, and `json:` for a description of what to open.
function localName(name: string): string[] {
  if (name.startsWith("file:")) return [name.slice("file:".length)];
  if (name.startsWith("json:"))
    throw new Error(`it names another file in a way that is not understood: ${name}`);
  return /^[^/:]+:/.test(name) ? [] : [name];
}
