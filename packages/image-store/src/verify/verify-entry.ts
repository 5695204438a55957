import { dirname, join } from "node:path";

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

/** A file as its manifest has it. */
interface StoredFile {
  path: string;
  bytes: number;
  sha256: string;
  modifiedNs: string;
  /** Whether it is a raw disk, which needs no partition table. */
  raw: boolean;
}

/** Reads an image, and its raw disk, to the end, and compares. */
export async function verifyEntry(
  { manifest, image }: StoreEntry,
  signal: AbortSignal | undefined,
  emit: Emit,
): Promise<VerifyResult> {
  const { raw } = manifest;
  const file = { ...manifest, path: image.file, raw: manifest.format === "raw" };
  const problems = await problemsOf(file, signal, emit);
  if (raw !== undefined) {
    const rawDisk = { ...raw, path: join(dirname(image.file), raw.file), raw: true };
    for (const problem of await problemsOf(rawDisk, signal, emit)) problems.push(`its raw disk: ${problem}`);
  }
  return { image, ok: problems.length === 0, problems };
}

async function problemsOf(file: StoredFile, signal: AbortSignal | undefined, emit: Emit): Promise<string[]> {
  const source = await openSource(file.path, { followLink: false }).catch(asProblem);
  if (typeof source === "string") return [source];
  try {
    const problems: string[] = [];
    const totalBytes = source.bytes;
    if (totalBytes !== file.bytes) problems.push(`it has ${totalBytes} bytes, ${file.bytes} were stored`);
    const onProgress = (doneBytes: number) => emit({ type: "hash", doneBytes, totalBytes });
    const sha256 = await hashFile(source.handle, { signal, onProgress });
    if (sha256 !== file.sha256) {
      const { mtimeNs, mtime } = await source.handle.stat({ bigint: true });
      const when =
        mtimeNs.toString() === file.modifiedNs
          ? "its file was not written to, so the disk may be failing"
          : `its file was last written to at ${mtime.toISOString()}`;
      problems.push(`its SHA-256 is ${sha256}, ${file.sha256} was stored; ${when}`);
    }
    const judged = await judgeImage(source, file.raw).catch(asProblem);
    if (typeof judged === "string") problems.push(judged);
    return problems;
  } catch (error) {
    throw fromSystem(error, "read", file.path);
  } finally {
    await source.close();
  }
}

function asProblem(error: unknown): string {
  if (ImageStoreError.is(error) && error.code !== "ABORTED") return error.message;
  throw error;
}
