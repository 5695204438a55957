import { stat } from "node:fs/promises";
import { basename, join } from "node:path";

import { latestLinkName, parseImageFileName } from "../names/file-names.ts";
import type { BrokenRecord } from "../store/read-store.ts";
import type { StoredImage } from "../stored-image.ts";

/** What can be said of an image whose manifest cannot be read: its generation is 0, its digest empty. */
export async function brokenImage(directory: string, record: BrokenRecord): Promise<StoredImage> {
  const { format } = parseImageFileName(basename(record.imageFile))!;
  const stats = await stat(record.imageFile).catch(() => undefined);
  return {
    name: record.name,
    generation: 0,
    file: record.imageFile,
    format,
    bytes: stats?.size ?? 0,
    allocatedBytes: (stats?.blocks ?? 0) * 512,
    virtualBytes: 0,
    sha256: "",
    installedAt: (stats?.mtime ?? new Date(0)).toISOString(),
    latest: false,
    latestLink: join(directory, latestLinkName(record.name, format)),
  };
}
