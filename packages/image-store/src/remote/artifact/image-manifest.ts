import { createHash } from "node:crypto";

import type { StoredImage } from "../../stored-image.ts";
import { annotationKeys, artifactType, configType, imageTypes, manifestTypes } from "./media-types.ts";

/**
 * The manifest of an image's artifact, in the shape that ORAS writes: one layer, the image file as it is, with its file
 * name as annotation. The same image and provenance give the same bytes, so that pushing it again changes nothing.
 */
export function writeImageManifest(image: StoredImage, config: Buffer): Buffer {
  const { flake } = image.provenance ?? {};
  const revision = flake?.revision ?? flake?.dirtyRevision;
  const manifest = {
    schemaVersion: 2,
    mediaType: manifestTypes.manifest,
    artifactType,
    config: { mediaType: configType, digest: digestOf(config), size: config.length },
    layers: [
      {
        mediaType: imageTypes[image.format],
        digest: `sha256:${image.sha256}`,
        size: image.bytes,
        annotations: { [annotationKeys.title]: `${image.name}.${image.format}` },
      },
    ],
    annotations: {
      [annotationKeys.title]: image.name,
      ...(flake === undefined ? {} : { [annotationKeys.source]: flake.url }),
      ...(revision === undefined ? {} : { [annotationKeys.revision]: revision }),
    },
  };
  return Buffer.from(JSON.stringify(manifest));
}

/** The digest of bytes as OCI writes it. */
export function digestOf(bytes: Buffer): string {
  return `sha256:${createHash("sha256").update(bytes).digest("hex")}`;
}
