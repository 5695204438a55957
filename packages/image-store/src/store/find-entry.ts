import { ImageStoreError } from "../errors/image-store-error.ts";
import { checkImageName } from "../names/check-image-name.ts";
import { readStore, type StoreContent, type StoreEntry } from "./read-store.ts";

export interface ImageChoice {
  directory: string;
  name: string;
  /** By default the one that the latest link leads to. */
  generation?: number | undefined;
}

/**
 * Finds one generation.
 *
 * @throws ImageStoreError BAD_NAME, IMAGE_NOT_FOUND, NO_LATEST, MANIFEST_UNREADABLE
 */
export async function findEntry(choice: ImageChoice): Promise<StoreEntry> {
  const { directory, name, generation } = choice;
  checkImageName(name);
  const content = await readStore(directory, name);
  const { entries, broken } = content;
  const entry = entries.find((candidate) =>
    generation === undefined ? candidate.image.latest : candidate.manifest.generation === generation,
  );
  if (entry !== undefined) return entry;
  if (broken[0] !== undefined) {
    const { error, manifestFile } = broken[0];
    throw new ImageStoreError({
      code: "MANIFEST_UNREADABLE",
      message: `${wanted(choice)} is not known, since a manifest cannot be read: ${error.message}`,
      hint: error.hint,
      details: { manifestFile },
      cause: error,
    });
  }
  if (generation === undefined && entries.length > 0) throw noLatest(name, content);
  const known = entries.map((candidate) => candidate.manifest.generation);
  throw new ImageStoreError({
    code: "IMAGE_NOT_FOUND",
    message: `${wanted(choice)} is not in the image store ${directory}`,
    hint:
      known.length === 0
        ? "Install an image under this name first."
        : `There are the generations ${known.toReversed().join(", ")}.`,
    details: { directory, name, generations: known },
  });
}

function wanted({ name, generation }: ImageChoice): string {
  return generation === undefined ? name : `generation ${generation} of ${name}`;
}

function noLatest(name: string, content: StoreContent): ImageStoreError {
  const generations = content.entries.map((entry) => entry.manifest.generation);
  const [link] = content.links.get(name) ?? [];
  const why = link === undefined ? "it is missing" : `it leads to ${link.target}`;
  return new ImageStoreError({
    code: "NO_LATEST",
    message: `the latest link of ${name} leads to none of its images: ${why}`,
    hint: `Install the image again, or name a generation: ${generations.toReversed().join(", ")}.`,
    details: { name, generations, ...(link === undefined ? {} : { link: link.path, target: link.target }) },
  });
}
