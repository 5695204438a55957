import { ImageStoreError } from "../errors/image-store-error.ts";
import { findEntry } from "../store/find-entry.ts";
import { readStore } from "../store/read-store.ts";
import type { Choose } from "./run-use.ts";

/** Chooses the generation before the current one, by number; where some are missing, the next one that is there. */
export function chooseOlder(directory: string, name: string): Choose {
  return async () => {
    const current = await findEntry({ directory, name });
    const { entries } = await readStore(directory, name);
    const older = entries.find(
      (entry) => entry.found !== undefined && entry.manifest.generation < current.manifest.generation,
    );
    if (older !== undefined) return older;
    const { generation } = current.manifest;
    throw new ImageStoreError({
      code: "NO_OLDER_GENERATION",
      message: `${name} has no generation before ${generation}, its current one`,
      hint: "List the images of this name; to go forward, use one of its newer generations.",
      details: { name, generation, generations: entries.map((entry) => entry.manifest.generation) },
    });
  };
}
