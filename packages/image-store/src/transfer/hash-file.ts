import { createHash } from "node:crypto";
import type { FileHandle } from "node:fs/promises";

import { throwIfAborted } from "../errors/from-system.ts";

/** How much is read at a time; so much is still read after an abort. */
export const chunkBytes = 4 * 1024 * 1024;

export interface TransferOptions {
  signal?: AbortSignal | undefined;
  onProgress?: ((doneBytes: number) => void) | undefined;
}

/** Reads a file to its end, the next chunk while the last one is used. Gives the number of bytes. */
export async function forEachChunk(
  handle: FileHandle,
  options: TransferOptions,
  use: (chunk: Buffer, position: number) => Promise<void> | void,
): Promise<number> {
  const buffers = [Buffer.allocUnsafe(chunkBytes), Buffer.allocUnsafe(chunkBytes)] as const;
  const readAt = (turn: number, position: number) =>
    handle.read(buffers[turn % 2 === 0 ? 0 : 1], 0, chunkBytes, position);
  let position = 0;
  let reading = readAt(0, 0);
  for (let turn = 0; ; turn++) {
    const { bytesRead, buffer } = await reading;
    if (bytesRead === 0) return position;
    const next = readAt(turn + 1, position + bytesRead);
    // When the use fails nobody waits for this read any more.
    next.catch(() => {});
    try {
      throwIfAborted(options.signal);
      await use(buffer.subarray(0, bytesRead), position);
    } catch (error) {
      await next.catch(() => {});
      throw error;
    }
    position += bytesRead;
    options.onProgress?.(position);
    reading = next;
  }
}

/** SHA-256 of all bytes of an open file, in hex. */
export async function hashFile(handle: FileHandle, options: TransferOptions = {}): Promise<string> {
  const hash = createHash("sha256");
  await forEachChunk(handle, options, (chunk) => void hash.update(chunk));
  return hash.digest("hex");
}
