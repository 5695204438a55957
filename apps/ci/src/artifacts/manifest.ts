import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { join } from "node:path";

import { writeFileAtomic } from "@sysinit-internal/files";

/** What is among the artifacts of a run. */
export interface ArtifactManifest {
  schemaVersion: 1;
  files: { path: string; bytes: number; sha256: string }[];
}

/** Writes manifest.json: each file with its size and SHA-256. */
export async function writeManifest(directory: string, paths: readonly string[]): Promise<void> {
  const manifest: ArtifactManifest = { schemaVersion: 1, files: [] };
  for (const path of paths) {
    const data = await readFile(join(directory, path)).catch(() => undefined);
    if (data === undefined) continue;
    manifest.files.push({
      path,
      bytes: data.length,
      sha256: createHash("sha256").update(data).digest("hex"),
    });
  }
  await writeFileAtomic(join(directory, "manifest.json"), `${JSON.stringify(manifest, undefined, 2)}\n`);
}
