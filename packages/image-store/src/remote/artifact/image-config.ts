import { z } from "zod";

import { provenanceSchema, type Provenance } from "../../manifest/provenance.ts";
import { imageFormats } from "../../names/file-names.ts";
import type { StoredImage } from "../../stored-image.ts";

/** The configuration of an artifact: what the record of the image says that is true on every machine. */
const imageConfigSchema = z.object({
  schema: z.literal(1),
  name: z.string(),
  format: z.enum(imageFormats),
  bytes: z.int().nonnegative(),
  virtualBytes: z.int().nonnegative(),
  sha256: z.string(),
  provenance: provenanceSchema.optional(),
});

/** The configuration of an image's artifact. The same image and provenance give the same bytes. */
export function writeImageConfig(image: StoredImage): Buffer {
  const { name, format, bytes, virtualBytes, sha256 } = image;
  const provenance = sharedProvenance(image.provenance);
  const config = {
    schema: 1,
    name,
    format,
    bytes,
    virtualBytes,
    sha256,
    ...(provenance === undefined ? {} : { provenance }),
  };
  return Buffer.from(JSON.stringify(config));
}

/** The provenance that a configuration tells of this image; undefined where it tells none that can be read. */
export function readProvenance(config: Buffer, sha256: string): Provenance | undefined {
  try {
    const parsed = imageConfigSchema.safeParse(JSON.parse(config.toString("utf8")));
    return parsed.success && parsed.data.sha256 === sha256 ? parsed.data.provenance : undefined;
  } catch {
    return undefined;
  }
}

// Where one machine had it from is nothing that the next one needs to know.
function sharedProvenance(provenance: Provenance | undefined): Provenance | undefined {
  if (provenance === undefined) return undefined;
  const { pulledFrom: _, ...shared } = provenance;
  return Object.keys(shared).length === 0 ? undefined : shared;
}
