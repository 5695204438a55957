import { open } from "node:fs/promises";

import { fromRead, type ImageSource } from "../source/open-source.ts";
import type { StoreContent, StoreEntry } from "../store/read-store.ts";
import { hashFile, type TransferOptions } from "../transfer/hash-file.ts";
import { differsAtAGlance } from "./differs-at-a-glance.ts";

/**
 * The generation that an image may be the same as: the latest one or, where an install was killed before it moved the
 * latest link, the newest. Other generations do not count: installing an older image again makes a new generation.
 */
export async function findSameImage(
  source: ImageSource,
  content: StoreContent,
  options: TransferOptions,
): Promise<StoreEntry | undefined> {
  const newest = content.entries[0];
  const latest = content.entries.find((entry) => entry.image.latest);
  const candidates: StoreEntry[] = [];
  for (const entry of new Set([latest, newest])) {
    if (entry?.manifest.bytes !== source.bytes) continue;
    if (!(await differsAtAGlance(source, entry.image.file))) candidates.push(entry);
  }
  if (candidates.length === 0) return undefined;
  const sha256 = await hashFile(source.handle, options).catch((error: unknown) => {
    throw fromRead(error, source.path);
  });
  for (const entry of candidates) {
    if (entry.manifest.sha256 === sha256 && (await isIntact(entry, options.signal))) return entry;
  }
  return undefined;
}

/** Whether an image is what was stored. Read again only when something suggests that it is not. */
export async function isIntact(entry: StoreEntry, signal: AbortSignal | undefined): Promise<boolean> {
  const { manifest, found, image } = entry;
  if (found === undefined || found.bytes !== manifest.bytes) return false;
  if (found.modifiedNs === manifest.modifiedNs) return true;
  const handle = await open(image.file, "r").catch(() => undefined);
  try {
    return handle !== undefined && (await hashFile(handle, { signal })) === manifest.sha256;
  } finally {
    await handle?.close();
  }
}
