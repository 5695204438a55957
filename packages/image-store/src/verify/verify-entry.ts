import { fromSystem } from "../errors/from-system.ts";
import { ImageStoreError } from "../errors/image-store-error.ts";
import type { Emit } from "../events/emitter.ts";
import { judgeImage } from "../formats/judge-image.ts";
import { openSource } from "../source/open-source.ts";
import type { StoreEntry } from "../store/read-store.ts";
import type { StoredImage } from "../stored-image.ts";
import { hashFile } from "../transfer/hash-file.ts";

/** What reading an image again has shown. */
export interface VerifyResult {
  image: StoredImage;
  /** Whether there are no problems. */
  ok: boolean;
  /** One sentence each. */
  problems: string[];
}

/** Reads an image to its end, and compares. */
export async function verifyEntry(
  entry: StoreEntry,
  signal: AbortSignal | undefined,
  emit: Emit,
): Promise<VerifyResult> {
  const problems = await findProblems(entry, signal, emit);
  return { image: entry.image, ok: problems.length === 0, problems };
}

async function findProblems(
  { manifest, image }: StoreEntry,
  signal: AbortSignal | undefined,
  emit: Emit,
): Promise<string[]> {
  const source = await openSource(image.file, { followLink: false }).catch(asProblem);
  if (typeof source === "string") return [source];
  try {
    const problems: string[] = [];
    const totalBytes = source.bytes;
    if (totalBytes !== manifest.bytes)
      problems.push(`it has ${totalBytes} bytes, ${manifest.bytes} were stored`);
    const onProgress = (doneBytes: number) => emit({ type: "hash", doneBytes, totalBytes });
    const sha256 = await hashFile(source.handle, { signal, onProgress });
    if (sha256 !== manifest.sha256) {
      const { mtimeNs, mtime } = await source.handle.stat({ bigint: true });
      const when =
        mtimeNs.toString() === manifest.modifiedNs
          ? "its file was not written to, so the disk may be failing"
          : `its file was last written to at ${mtime.toISOString()}`;
      problems.push(`its SHA-256 is ${sha256}, ${manifest.sha256} was stored; ${when}`);
    }
    const judged = await judgeImage(source, manifest.format === "raw").catch(asProblem);
    if (typeof judged === "string") problems.push(judged);
    return problems;
  } catch (error) {
    throw fromSystem(error, "read", image.file);
  } finally {
    await source.close();
  }
}

function asProblem(error: unknown): string {
  if (ImageStoreError.is(error) && error.code !== "ABORTED") return error.message;
  throw error;
}
