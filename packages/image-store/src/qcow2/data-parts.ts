import { ImageStoreError } from "../errors/image-store-error.ts";
import type { ImageSource } from "../source/open-source.ts";
import type { DiskLayout } from "./disk-layout.ts";
import { entryOffset, readL2Entry, type DataPart } from "./l2-entry.ts";

const l1WindowEntries = 8192;

/**
 * All parts of the disk that hold data, in the order of the disk. One L2 table is held at a time.
 *
 * A table may claim anything. In an image without snapshots no cluster is used twice, so that tables and plain data together
 * are never more than the file: an image that claims more, to keep us reading or writing for ever, is refused.
 *
 * @throws ImageStoreError IMAGE_DAMAGED
 */
export async function* dataParts(source: ImageSource, layout: DiskLayout): AsyncGenerator<DataPart> {
  const { clusterBytes, l2Entries, virtualBytes } = layout;
  let usedBytes = 0;
  const use = (bytes: number) => {
    usedBytes += bytes;
    if (usedBytes > source.bytes + clusterBytes) throw damagedImage(source.path, "it uses clusters twice");
  };
  for await (const { index, offset } of l2Tables(source, layout)) {
    use(clusterBytes);
    if (offset % clusterBytes !== 0 || offset + clusterBytes > source.bytes)
      throw damagedImage(source.path, `entry ${index} of its L1 table leads out of the file`);
    const table = await source.read(offset, clusterBytes);
    for (let entry = 0; entry < l2Entries; entry++) {
      const guestOffset = (index * l2Entries + entry) * clusterBytes;
      if (guestOffset >= virtualBytes) break;
      for (const part of readL2Entry(table, entry, guestOffset, layout)) {
        if (part.hostOffset >= source.bytes)
          throw damagedImage(
            source.path,
            `the data at ${guestOffset} of its disk is behind the end of the file`,
          );
        if (part.kind === "plain") use(part.bytes);
        if (part.guestOffset < virtualBytes) yield part;
      }
    }
  }
}

/** The L2 tables that are there, by their index in the L1 table, which is read a window at a time. */
async function* l2Tables(
  source: ImageSource,
  { l1TableOffset, l1Entries }: DiskLayout,
): AsyncGenerator<{ index: number; offset: number }> {
  for (let first = 0; first < l1Entries; first += l1WindowEntries) {
    const count = Math.min(l1WindowEntries, l1Entries - first);
    const window = await source.read(l1TableOffset + first * 8, count * 8);
    for (let index = 0; index < count; index++) {
      const offset = entryOffset(window.readBigUInt64BE(index * 8));
      if (offset !== 0) yield { index: first + index, offset };
    }
  }
}

/** The tables or the data of an image cannot be true. */
export function damagedImage(path: string, reason: string, cause?: unknown): ImageStoreError {
  return new ImageStoreError({
    code: "IMAGE_DAMAGED",
    message: `the qcow2 image ${path} is damaged: ${reason}`,
    hint: "Build or download the image again.",
    details: { path, reason },
    cause,
  });
}
