import { join } from "node:path";

import type { Emit } from "../events/emitter.ts";
import { judgeImage } from "../formats/judge-image.ts";
import type { Manifest } from "../manifest/manifest.ts";
import { fromRead, openSource } from "../source/open-source.ts";
import { hashFile } from "../transfer/hash-file.ts";
import { notAdoptable, type AdoptionPlace } from "./check-place.ts";

/** What a manifest will say of a file, but for its generation. */
export type FileFacts = Pick<Manifest, "format" | "bytes" | "virtualBytes" | "sha256" | "modifiedNs">;

/**
 * Judges a file and reads it to its end. It is given mode 0644 (`makeReadable`), as all images have, and synced.
 *
 * @throws ImageStoreError NOT_ADOPTABLE, NOT_AN_IMAGE, UNSAFE_IMAGE, SOURCE_…, ABORTED
 */
export async function describeFile(
  place: AdoptionPlace,
  options: { signal: AbortSignal | undefined; emit: Emit; makeReadable: boolean },
): Promise<FileFacts> {
  const { signal, emit } = options;
  const path = join(place.directory, place.file);
  const source = await openSource(path, { followLink: false });
  try {
    const { format, virtualBytes } = await judgeImage(source, place.format === "raw");
    if (format !== place.format) throw notAdoptable(path, `it is a ${format} image, whatever its name says`);
    const totalBytes = source.bytes;
    const onProgress = (doneBytes: number) => emit({ type: "hash", doneBytes, totalBytes });
    const sha256 = await hashFile(source.handle, { signal, onProgress }).catch((error: unknown) => {
      throw fromRead(error, path);
    });
    await source.checkUnchanged();
    if (options.makeReadable) {
      await source.handle.chmod(0o644);
      await source.handle.sync();
    }
    const { mtimeNs } = await source.handle.stat({ bigint: true });
    return { format, bytes: source.bytes, virtualBytes, sha256, modifiedNs: mtimeNs.toString() };
  } finally {
    await source.close();
  }
}
