import { createHash } from "node:crypto";
import type { FileHandle } from "node:fs/promises";

import { throwIfAborted } from "../errors/from-system.ts";

/**
 * How much is read at a time; so much is still read after an abort. What was read has to be in the processor's cache still when
 * it is hashed and written: with 4 MiB hashing takes a fifth longer, and an install up to twice as long.
 */
export const chunkBytes = 1024 * 1024;

/** How many chunks are in memory at once: one that is read, one that is hashed, others that are still being written. */
const ringChunks = 8;

export interface TransferOptions {
  signal?: AbortSignal | undefined;
  onProgress?: ((doneBytes: number) => void) | undefined;
}

/**
 * Reads a file to its end, the next chunk while the last ones are used. Gives the number of bytes. The use of a chunk may go
 * on while the next ones are read and used: its memory is given to another chunk only when its promise is fulfilled.
 */
export async function forEachChunk(
  handle: FileHandle,
  options: TransferOptions,
  use: (chunk: Buffer, position: number) => Promise<void> | void,
): Promise<number> {
  const ring = Array.from({ length: ringChunks }, () => ({
    buffer: Buffer.allocUnsafe(chunkBytes),
    inUse: Promise.resolve(),
  }));
  const slotOf = (turn: number) => ring[turn % ringChunks]!;
  const readAt = (turn: number, position: number) => {
    const reading = handle.read(slotOf(turn).buffer, 0, chunkBytes, position);
    // When a use fails nobody waits for this read any more.
    reading.catch(() => {});
    return reading;
  };
  let reading = readAt(0, 0);
  let position = 0;
  try {
    for (let turn = 0; ; turn++) {
      const { bytesRead, buffer } = await reading;
      if (bytesRead === 0) break;
      await slotOf(turn + 1).inUse;
      reading = readAt(turn + 1, position + bytesRead);
      throwIfAborted(options.signal);
      const used = Promise.resolve(use(buffer.subarray(0, bytesRead), position));
      used.catch(() => {});
      slotOf(turn).inUse = used;
      position += bytesRead;
      options.onProgress?.(position);
    }
    await Promise.all(ring.map(({ inUse }) => inUse));
    return position;
  } catch (error) {
    // Nothing uses the file any more when the caller goes on.
    await Promise.allSettled([reading, ...ring.map(({ inUse }) => inUse)]);
    throw error;
  }
}

/** SHA-256 of all bytes of an open file, in hex. */
export async function hashFile(handle: FileHandle, options: TransferOptions = {}): Promise<string> {
  const hash = createHash("sha256");
  await forEachChunk(handle, options, (chunk) => void hash.update(chunk));
  return hash.digest("hex");
}
