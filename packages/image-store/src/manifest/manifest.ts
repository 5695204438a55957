import { readJsonFile, writeFileAtomic } from "@sysinit-internal/files";
import { readFile } from "node:fs/promises";
import { basename } from "node:path";
import { z } from "zod";

import { imageFormats, imageOfManifest, parseImageFileName } from "../names/file-names.ts";
import { provenanceSchema } from "./provenance.ts";

const count = z.int().nonnegative();

/** The record of one generation, kept beside its image. An image without one is none of ours. */
export const manifestSchema = z.object({
  schema: z.literal(1),
  name: z.string(),
  generation: z.int().positive(),
  /** Name of the image file, in the directory of the manifest. */
  file: z.string(),
  format: z.enum(imageFormats),
  bytes: count,
  virtualBytes: count,
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  installedAt: z.iso.datetime(),
  /** Modification time of the image when it was stored: whether it must be read again to know that it is unchanged. */
  modifiedNs: z.string().regex(/^-?\d+$/),
  provenance: provenanceSchema.optional(),
});
export type Manifest = z.output<typeof manifestSchema>;

/** Reads a manifest, and refuses one that speaks of another file than the one it stands beside. */
export async function readManifest(path: string): Promise<Manifest> {
  const image = imageOfManifest(basename(path));
  const parts = image === undefined ? undefined : parseImageFileName(image);
  return await readJsonFile(
    path,
    manifestSchema
      .refine((manifest) => manifest.file === image, { path: ["file"], error: "names another file" })
      .refine((manifest) => manifest.name === parts?.name && manifest.format === parts.format, {
        path: ["name"],
        error: "does not agree with the name of the file",
      }),
  );
}

/** Writes a manifest; `temporaryDirectory` lies on the same file system. */
export async function writeManifest(
  path: string,
  manifest: Manifest,
  temporaryDirectory: string,
): Promise<void> {
  await writeFileAtomic(path, `${JSON.stringify(manifest, null, 2)}\n`, { mode: 0o644, temporaryDirectory });
}

/** The generation that a manifest speaks of, also one of an unknown version; 0 when it cannot be told. */
export async function generationAtLeast(path: string): Promise<number> {
  try {
    const { generation } = JSON.parse(await readFile(path, "utf8")) as { generation?: unknown };
    return Number.isSafeInteger(generation) ? (generation as number) : 0;
  } catch {
    return 0;
  }
}
