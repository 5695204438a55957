import { ImageStoreError } from "../errors/image-store-error.ts";
import type { ImageReference } from "../references/reference.ts";
import type { StoredImage } from "../stored-image.ts";

/**
 * Refuses to remove an image that somebody needs.
 *
 * @param allowSoft Whether references by digest, and those of templates, do not count.
 * @throws ImageStoreError IMAGE_NEEDED
 */
export function requireUnneeded(
  image: StoredImage,
  references: readonly ImageReference[],
  allowSoft: boolean,
): void {
  const needed = references.filter(({ strength }) => strength === "hard" || !allowSoft);
  const [first] = needed;
  if (first === undefined) return;
  const others = needed.length > 1 ? ` and ${needed.length - 1} more` : "";
  const hard = needed.some(({ strength }) => strength === "hard");
  throw new ImageStoreError({
    code: "IMAGE_NEEDED",
    message: `generation ${image.generation} of ${image.name} is needed by ${first.by}${others} (${first.kind} in ${first.source})`,
    hint: hard
      ? "Delete the instance, or stop the program, that needs it first."
      : "Only its digest or a template names it: allow that (allowReferenced) to remove it all the same.",
    details: { file: image.file, generation: image.generation, references: needed },
  });
}
