import { readJsonFile, FilesError, writeFileAtomic } from "@sysinit-internal/files";
import { z } from "zod";

import { ImageStoreError } from "../errors/image-store-error.ts";
import { generationAtLeast } from "../manifest/manifest.ts";
import type { StoreContent } from "./read-store.ts";
import type { LockedStore } from "./with-store-lock.ts";
import type { WorkArea } from "./work-area.ts";

const recordSchema = z.object({
  schema: z.literal(1),
  /** By image name. */
  highest: z.record(z.string(), z.int().positive()),
});

/**
 * The number for the next generation of a name: one more than any that it ever had, whether its manifest can be read, is
 * gone with its image, or was of an unknown version.
 *
 * @throws ImageStoreError MANIFEST_UNREADABLE when the record of removed generations is damaged
 */
export async function nextGeneration(
  store: LockedStore,
  name: string,
  content: StoreContent,
): Promise<number> {
  const { highest } = await readGenerationsRecord(store.area);
  return Math.max(highest[name] ?? 0, await highestPresent(name, content)) + 1;
}

/** Remembers the highest generation of a name before a manifest of it goes. */
export async function rememberGenerations(
  store: LockedStore,
  name: string,
  content: StoreContent,
): Promise<void> {
  const { highest } = await readGenerationsRecord(store.area);
  const present = await highestPresent(name, content);
  if (present <= (highest[name] ?? 0)) return;
  const record = { schema: 1, highest: { ...highest, [name]: present } };
  const { generations, temporary } = store.area;
  await writeFileAtomic(generations, `${JSON.stringify(record, null, 2)}\n`, {
    temporaryDirectory: temporary,
  });
}

async function highestPresent(name: string, content: StoreContent): Promise<number> {
  const broken = await Promise.all(
    content.broken
      .filter((record) => record.name === name)
      .map((record) => generationAtLeast(record.manifestFile)),
  );
  const entries = content.entries.filter((entry) => entry.manifest.name === name);
  return Math.max(0, ...broken, ...entries.map((entry) => entry.manifest.generation));
}

/** Reads the record of removed generations. */
export async function readGenerationsRecord(area: WorkArea): Promise<z.output<typeof recordSchema>> {
  try {
    return await readJsonFile(area.generations, recordSchema);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return { schema: 1, highest: {} };
    if (!FilesError.is(error)) throw error;
    throw new ImageStoreError({
      code: "MANIFEST_UNREADABLE",
      message: `the generations that were removed are not known: ${error.message}`,
      hint: "Repair the store, which sets that file aside; numbers then go on above those of the images there are.",
      details: { path: area.generations },
      cause: error,
    });
  }
}
