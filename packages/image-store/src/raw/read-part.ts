import { damagedImage } from "../qcow2/data-parts.ts";
import { decompressCluster } from "../qcow2/decompress.ts";
import type { DiskLayout } from "../qcow2/disk-layout.ts";
import type { DataPart } from "../qcow2/l2-entry.ts";
import type { ImageSource } from "../source/open-source.ts";

/** The bytes of a part, not more than the disk has. A file may end within its last cluster, whose rest is zeros. */
export async function readPart(source: ImageSource, part: DataPart, layout: DiskLayout): Promise<Buffer> {
  const there = Math.min(part.bytes, source.bytes - part.hostOffset);
  const data = await source.read(part.hostOffset, there);
  const rest = layout.virtualBytes - part.guestOffset;
  if (part.kind === "plain") {
    const whole = there === part.bytes ? data : Buffer.concat([data], part.bytes);
    return whole.subarray(0, rest);
  }
  const where = `the compressed cluster at ${part.guestOffset} of its disk`;
  const cluster = await decompressCluster(data, layout).catch((cause: unknown) => {
    throw damagedImage(source.path, `${where} cannot be decompressed`, cause);
  });
  if (cluster.length !== layout.clusterBytes)
    throw damagedImage(source.path, `${where} has ${cluster.length} bytes of ${layout.clusterBytes}`);
  return cluster.subarray(0, rest);
}
