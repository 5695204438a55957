import { ImageStoreError } from "../../errors/image-store-error.ts";
import { plainText } from "../http/plain-text.ts";
import { annotationKeys, imageTypes } from "./media-types.ts";
import type { ArtifactManifest, Descriptor } from "./schemas.ts";

/** The file of an artifact that is the image. */
export interface ImageLayer {
  digest: string;
  sha256: string;
  bytes: number;
  title?: string;
}

const knownTypes: ReadonlySet<string> = new Set(Object.values(imageTypes));
const imageTitle = /\.(qcow2|raw|img)$/i;
// Layers of container images, and folders that ORAS has packed. A file that ORAS pushes is said to be a tar, without
// being one.
const packed = /tar[.+](gzip|zstd)$/;

/**
 * Finds the image in an artifact: the file of that name; else the only one; else the only one that is said to be an image
 * by its type or its name.
 *
 * @throws ImageStoreError ARTIFACT_UNUSABLE
 */
export function chooseLayer(manifest: ArtifactManifest, name: string, file: string | undefined): ImageLayer {
  const layers = manifest.layers.filter((layer) => !packed.test(layer.mediaType));
  // As many as a person reads, and no more of each than fits on a line: who wrote them may be a stranger.
  const titles = manifest.layers.slice(0, 10).map((layer) => plainText(titleOf(layer) ?? layer.digest));
  const unusable = (reason: string, hint: string) =>
    new ImageStoreError({
      code: "ARTIFACT_UNUSABLE",
      message: `no image can be taken from ${name}: ${reason}`,
      hint,
      details: { name, files: titles, ...(file === undefined ? {} : { file }) },
    });
  if (file !== undefined) {
    const named = layers.filter((layer) => titleOf(layer) === file);
    if (named.length === 1) return toImageLayer(named[0]!, unusable);
    throw unusable(`it has no file ${JSON.stringify(file)}`, `It has: ${titles.join(", ")}.`);
  }
  if (layers.length === 0) {
    const reason =
      manifest.layers.length === 0 ? "it has no files" : "it is a container image or a packed folder";
    throw unusable(reason, "Push the image file itself: pushImage, or oras push REFERENCE image.qcow2.");
  }
  const likely = layers.filter(
    (layer) => knownTypes.has(layer.mediaType) || imageTitle.test(titleOf(layer) ?? ""),
  );
  const [only, ...more] = layers.length === 1 ? layers : likely;
  if (only !== undefined && more.length === 0) return toImageLayer(only, unusable);
  throw unusable(
    `it has ${layers.length} files, and which is meant cannot be told`,
    `Name one: ${titles.join(", ")}.`,
  );
}

function toImageLayer(layer: Descriptor, unusable: (reason: string, hint: string) => Error): ImageLayer {
  const [, sha256] = /^sha256:([0-9a-f]{64})$/.exec(layer.digest) ?? [];
  if (sha256 === undefined)
    throw unusable(`its digest ${plainText(layer.digest)} is no SHA-256`, "Push it again with a SHA-256.");
  const title = titleOf(layer);
  return { digest: layer.digest, sha256, bytes: layer.size, ...(title === undefined ? {} : { title }) };
}

function titleOf(layer: Descriptor): string | undefined {
  return layer.annotations?.[annotationKeys.title];
}
