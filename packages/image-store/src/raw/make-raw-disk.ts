import { open } from "node:fs/promises";

import { fromSystem } from "../errors/from-system.ts";
import { dataParts } from "../qcow2/data-parts.ts";
import { diskLayout } from "../qcow2/disk-layout.ts";
import { headerWindowBytes, readHeader } from "../qcow2/header.ts";
import { openSource } from "../source/open-source.ts";
import type { LockedStore } from "../store/with-store-lock.ts";
import { removeQuietly, temporaryFile } from "../store/work-area.ts";
import { checkSpace } from "../transfer/check-space.ts";
import type { ConversionOptions } from "./conversion-options.ts";
import { RawWriter } from "./raw-writer.ts";
import { readPart } from "./read-part.ts";

/** A raw disk in the work area that is whole and on the disk. */
export interface RawDiskPart {
  part: string;
  bytes: number;
  sha256: string;
  modifiedNs: string;
}

/**
 * Writes the disk of a qcow2 image, which was judged before, as a raw file with holes. No other program is needed. Where
 * a file system does not keep holes, the raw file takes as much as the disk of the VM.
 *
 * @throws ImageStoreError IMAGE_DAMAGED, DISK_FULL, ABORTED
 */
export async function makeRawDisk(
  store: LockedStore,
  image: string,
  options: ConversionOptions,
): Promise<RawDiskPart> {
  const part = temporaryFile(store.area, "part");
  const source = await openSource(image, { followLink: false });
  try {
    const window = await source.read(0, Math.min(source.bytes, headerWindowBytes));
    const layout = diskLayout(readHeader(window)!);
    let dataBytes = 0;
    for await (const found of dataParts(source, layout))
      dataBytes += found.kind === "plain" ? found.bytes : layout.clusterBytes;
    await checkSpace(store.directory, dataBytes);

    const handle = await open(part, "wx", 0o600);
    try {
      const writer = new RawWriter(handle, layout.virtualBytes, options);
      for await (const found of dataParts(source, layout))
        await writer.write(found.guestOffset, await readPart(source, found, layout));
      const sha256 = await writer.end();
      await handle.chmod(0o644);
      await handle.sync();
      const { mtimeNs } = await handle.stat({ bigint: true });
      return { part, bytes: layout.virtualBytes, sha256, modifiedNs: mtimeNs.toString() };
    } finally {
      await handle.close();
    }
  } catch (error) {
    await removeQuietly(part);
    throw fromSystem(error, "write the raw disk in", store.directory);
  } finally {
    await source.close();
  }
}
