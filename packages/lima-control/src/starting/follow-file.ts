import { open } from "node:fs/promises";
import { setTimeout as sleep } from "node:timers/promises";

import { LineSplitter } from "@sysinit-internal/process";

const pauseMs = 250;
const blockBytes = 64 * 1024;
const maxLineLength = 1024 * 1024;

/**
 * The lines of a file, and with `follow` those that are added to it, until the signal is aborted. A file that is not
 * there has none yet; one that is made anew is read from its beginning.
 */
export async function* linesOf(
  file: string,
  options: { follow: boolean; signal: AbortSignal | undefined },
): AsyncGenerator<string> {
  const { follow, signal } = options;
  const lines: string[] = [];
  let splitter = new LineSplitter((line) => lines.push(line), maxLineLength);
  let position = 0;
  let inode: number | undefined;
  while (signal?.aborted !== true) {
    const block = await readBlock(file, position, inode);
    if (block === undefined) {
      if (!follow) break;
      await sleep(pauseMs, undefined, { signal }).catch(() => {});
      continue;
    }
    if (block.restarted) {
      splitter.end();
      splitter = new LineSplitter((line) => lines.push(line), maxLineLength);
      position = 0;
    }
    inode = block.inode;
    position += block.bytes.byteLength;
    splitter.push(block.bytes);
    yield* lines.splice(0);
  }
  splitter.end();
  yield* lines;
}

/** What there is of a file from a position on; undefined when there is nothing. */
async function readBlock(file: string, position: number, inode: number | undefined) {
  const handle = await open(file, "r").catch(() => undefined);
  if (handle === undefined) return undefined;
  try {
    const found = await handle.stat();
    const restarted = inode !== undefined && (found.ino !== inode || found.size < position);
    const from = restarted ? 0 : position;
    const { bytesRead, buffer } = await handle.read({ buffer: Buffer.alloc(blockBytes), position: from });
    if (bytesRead === 0 && !restarted) return undefined;
    return { bytes: buffer.subarray(0, bytesRead), restarted, inode: found.ino };
  } finally {
    await handle.close();
  }
}
