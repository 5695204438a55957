import { open, type FileHandle } from "node:fs/promises";

import type { ImageSource } from "../source/open-source.ts";

const samples = 16;
const sampleBytes = 64 * 1024;

/**
 * Whether two files of the same size certainly differ, by a look at a few places all over them. Raw disks are often of one
 * size: without this, each new one would be read twice, to compare it and to copy it.
 */
export async function differsAtAGlance(source: ImageSource, file: string): Promise<boolean> {
  const handle = await open(file, "r").catch(() => undefined);
  if (handle === undefined) return true;
  try {
    for (let index = 0; index < samples; index++) {
      const last = Math.max(0, source.bytes - sampleBytes);
      const position = Math.floor((last * index) / (samples - 1));
      const [ours, theirs] = await Promise.all([sample(source.handle, position), sample(handle, position)]);
      if (!ours.equals(theirs)) return true;
    }
    return false;
  } finally {
    await handle.close();
  }
}

async function sample(handle: FileHandle, position: number): Promise<Buffer> {
  const { bytesRead, buffer } = await handle.read(Buffer.alloc(sampleBytes), 0, sampleBytes, position);
  return buffer.subarray(0, bytesRead);
}
