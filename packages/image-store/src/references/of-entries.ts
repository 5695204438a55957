import type { StoreEntry } from "../store/read-store.ts";
import { findReferences } from "./find-references.ts";
import { limaHomesOf, type LimaHomesOptions } from "./lima-homes.ts";
import type { ImageReference, ReferenceTarget } from "./reference.ts";

/** Who needs an entry: nobody, as far as this says nothing. */
export type EntryReferences = (entry: StoreEntry) => readonly ImageReference[];

/**
 * Who needs which generation.
 *
 * @throws ImageStoreError INSTANCE_UNREADABLE
 */
export async function referencesOf(
  entries: readonly StoreEntry[],
  options: LimaHomesOptions,
): Promise<EntryReferences> {
  const targets = new Map<StoreEntry, ReferenceTarget>(entries.map((entry) => [entry, targetOf(entry)]));
  const found = await findReferences([...targets.values()], {
    limaHomes: await limaHomesOf(options),
    env: options.env ?? process.env,
  });
  return (entry) => found.get(targets.get(entry)!) ?? [];
}

function targetOf({ image }: StoreEntry): ReferenceTarget {
  const { raw } = image;
  return raw === undefined
    ? { files: [image.file], sha256: [image.sha256] }
    : { files: [image.file, raw.file], sha256: [image.sha256, raw.sha256] };
}
