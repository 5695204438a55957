import { readJsonFile, writeFileAtomic } from "@sysinit-internal/files";
import { readFile } from "node:fs/promises";
import { basename } from "node:path";
import { z } from "zod";

import { imageFormats, imageOfManifest, parseImageFileName, rawFileName } from "../names/file-names.ts";
import { provenanceSchema } from "./provenance.ts";

const count = z.int().nonnegative();
const sha256 = z.string().regex(/^[0-9a-f]{64}$/);
/** Modification time of a file when it was stored: whether it must be read again to know that it is unchanged. */
const modifiedNs = z.string().regex(/^-?\d+$/);

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
  sha256,
  installedAt: z.iso.datetime(),
  modifiedNs,
  /** The same disk as a raw file beside a qcow2 image. */
  raw: z.object({ file: z.string(), bytes: count, sha256, modifiedNs }).optional(),
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
      })
      .refine(
        (manifest) =>
          manifest.raw === undefined ||
          (manifest.format === "qcow2" && manifest.raw.file === rawFileName(manifest.file)),
        { path: ["raw", "file"], error: "names another file" },
      ),
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
