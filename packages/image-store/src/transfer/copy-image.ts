import { createHash } from "node:crypto";
import { constants } from "node:fs";
import { chmod, copyFile, open, type FileHandle } from "node:fs/promises";

import { fromSystem } from "../errors/from-system.ts";
import type { Emit } from "../events/emitter.ts";
import type { OnStep } from "../publish/steps.ts";
import { fromRead, sourceChanged, type ImageSource } from "../source/open-source.ts";
import { removeQuietly } from "../store/work-area.ts";
import { checkSpace } from "./check-space.ts";
import { Flusher } from "./flusher.ts";
import { forEachChunk, hashFile, type TransferOptions } from "./hash-file.ts";
import { writeSparse } from "./write-sparse.ts";

/** A copy that is whole and on the disk. */
export interface FinishedCopy {
  sha256: string;
  modifiedNs: string;
}

export interface CopyOptions {
  signal?: AbortSignal | undefined;
  emit: Emit;
  onStep: OnStep;
}

/**
 * Copies an image into a new file and hashes it on the way: as a clone where the file system can, else chunk by chunk
 * with holes kept. The copy is synced and has mode 0644 (images come with 0444 from a nix store, and QEMU has to be able
 * to open a VM's own copy for writing). A copy that fails is removed.
 *
 * @param directory The store, for messages.
 * @throws ImageStoreError SOURCE_CHANGED, SOURCE_UNREADABLE, DISK_FULL, ABORTED, IO_FAILED
 */
export async function copyImage(
  source: ImageSource,
  target: string,
  directory: string,
  options: CopyOptions,
): Promise<FinishedCopy> {
  const { signal, emit, onStep } = options;
  const totalBytes = source.bytes;
  const progress = (type: "copy" | "hash") => ({
    signal,
    onProgress: (doneBytes: number) => emit({ type, doneBytes, totalBytes }),
  });
  try {
    const cloned = await tryClone(source, target);
    // A clone takes no space until one of the two changes.
    if (!cloned) await checkSpace(directory, Math.min(source.bytes, source.allocatedBytes));
    await onStep("checked");
    if (cloned) emit({ type: "cloned", totalBytes });
    const handle = await open(target, cloned ? "r+" : "wx+", 0o600);
    try {
      const sha256 = cloned
        ? await hashFile(handle, progress("hash"))
        : await copyChunks(source, handle, progress("copy"));
      await source.checkUnchanged();
      await handle.chmod(0o644);
      await handle.sync();
      const { size, mtimeNs } = await handle.stat({ bigint: true });
      if (Number(size) !== source.bytes)
        throw sourceChanged(source.path, "its size differs from that of the copy");
      return { sha256, modifiedNs: mtimeNs.toString() };
    } finally {
      await handle.close();
    }
  } catch (error) {
    // After the close, else its space is not free yet.
    await removeQuietly(target);
    throw fromSystem(error, "copy the image into", directory);
  }
}

async function tryClone(source: ImageSource, target: string): Promise<boolean> {
  // By the open file, since the path may lead to another one by now.
  const from = process.platform === "linux" ? `/proc/self/fd/${source.handle.fd}` : source.path;
  try {
    await copyFile(from, target, constants.COPYFILE_EXCL | constants.COPYFILE_FICLONE_FORCE);
    // A clone has the mode of its source, 0444 from a nix store, which could not be opened for the fsync.
    await chmod(target, 0o600);
  } catch {
    // Not possible there (ENOTSUP, EXDEV, EINVAL and more): then it is copied, and what really is wrong shows.
    await removeQuietly(target);
    return false;
  }
  return true;
}
async function copyChunks(
  source: ImageSource,
  target: FileHandle,
  options: TransferOptions,
): Promise<string> {
  const hash = createHash("sha256");
  const flusher = new Flusher(target);
  let writeFailure: { error: unknown } | undefined;
  try {
    // Writes are on their way, as is the next read, while this thread hashes.
    const bytes = await forEachChunk(source.handle, options, (chunk, position) => {
      const writing = writeSparse(target, chunk, position).then(
        () => flusher.wrote(chunk.length),
        (error: unknown) => {
          writeFailure ??= { error };
          throw error;
        },
      );
      hash.update(chunk);
      return writing;
    });
    if (bytes !== source.bytes)
      throw sourceChanged(source.path, `${bytes} bytes were read of ${source.bytes}`);
  } catch (error) {
    throw writeFailure === undefined ? fromRead(error, source.path) : writeFailure.error;
  } finally {
    await flusher.end();
  }
  await target.truncate(source.bytes);
  return hash.digest("hex");
}
