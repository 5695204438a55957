import { promisify } from "node:util";
import { inflateRaw, zstdDecompress } from "node:zlib";

import type { DiskLayout } from "./disk-layout.ts";
import { zstdFrameBytes } from "./zstd-frame.ts";

const inflate = promisify(inflateRaw);
const unzstd = promisify(zstdDecompress);

/**
 * One compressed cluster. What follows its data in the same sector belongs to the next one. Never gives more than a cluster,
 * whatever the data claims.
 */
export async function decompressCluster(data: Buffer, layout: DiskLayout): Promise<Buffer> {
  const options = { maxOutputLength: layout.clusterBytes };
  return layout.compression === "zlib"
    ? await inflate(data, options)
    : await unzstd(data.subarray(0, zstdFrameBytes(data)), options);
}
