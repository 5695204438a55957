import type { FileHandle } from "node:fs/promises";

const blockBytes = 64 * 1024;
const zeros = Buffer.alloc(blockBytes);

/** Writes a chunk without its blocks of zeros, which become holes of a new file. */
export async function writeSparse(target: FileHandle, chunk: Buffer, position: number): Promise<void> {
  let start = 0;
  while (start < chunk.length) {
    let end = start;
    while (end < chunk.length && !isZero(chunk, end)) end += blockBytes;
    end = Math.min(end, chunk.length);
    if (end > start) await writeAll(target, chunk.subarray(start, end), position + start);
    start = end;
    while (start < chunk.length && isZero(chunk, start)) start += blockBytes;
  }
}

function isZero(chunk: Buffer, offset: number): boolean {
  const block = chunk.subarray(offset, offset + blockBytes);
  return block.equals(block.length === blockBytes ? zeros : zeros.subarray(0, block.length));
}

async function writeAll(target: FileHandle, bytes: Buffer, position: number): Promise<void> {
  let done = 0;
  while (done < bytes.length) {
    const { bytesWritten } = await target.write(bytes, done, bytes.length - done, position + done);
    done += bytesWritten;
  }
}
