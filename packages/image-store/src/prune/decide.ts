import type { ImageReference } from "../references/reference.ts";
import type { StoredImage } from "../stored-image.ts";
import type { CheckedCriteria } from "./criteria.ts";

/** Why pruning keeps an image. */
export type KeepReason =
  /** The latest link leads to it. */
  | "current"
  /** One of the newest generations, or of those from the current one on. */
  | "newest"
  | "young"
  /** Somebody needs it: see `references`. */
  | "needed"
  /** Its name has no current generation, so nobody knows which ones are good; repair the store first. */
  | "no-current";

/** What pruning does with one image. */
export interface PruneItem {
  name: string;
  generation: number;
  file: string;
  sha256: string;
  installedAt: string;
  /** What its files take on the disk. Clones share their blocks: then removing it frees less. */
  allocatedBytes: number;
  verdict: "keep" | "remove";
  /** Why it is kept; empty when it is removed. */
  reasons: KeepReason[];
  references: ImageReference[];
}

/** Decides for the images of one name, newest generation first. */
export function decide(
  images: readonly StoredImage[],
  references: (image: StoredImage) => readonly ImageReference[],
  criteria: CheckedCriteria,
  nowMs: number,
): PruneItem[] {
  const { keepNewest, keepYoungerThanMs } = criteria;
  const current = images.findIndex((image) => image.latest);
  return images.map((image, index) => {
    const needs = references(image);
    const ageMs = nowMs - Date.parse(image.installedAt);
    const reasons: KeepReason[] = [];
    if (current === -1) reasons.push("no-current");
    if (index === current) reasons.push("current");
    if (index < keepNewest || (index >= current && index < current + keepNewest)) reasons.push("newest");
    if (keepYoungerThanMs > 0 && ageMs < keepYoungerThanMs) reasons.push("young");
    if (needs.length > 0) reasons.push("needed");
    const { name, generation, file, sha256, installedAt, allocatedBytes, raw } = image;
    return {
      name,
      generation,
      file,
      sha256,
      installedAt,
      allocatedBytes: allocatedBytes + (raw?.allocatedBytes ?? 0),
      verdict: reasons.length > 0 ? "keep" : "remove",
      reasons,
      references: [...needs],
    };
  });
}
