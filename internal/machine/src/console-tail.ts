import { closeSync, fstatSync, openSync, readdirSync, readSync } from "node:fs";
import { join } from "node:path";

import { safeLine } from "@sysinit-internal/terminal";

const tailBytes = 8 * 1024;

/** The last lines of what a guest wrote to its serial consoles, harmless for a terminal; none when there is no console yet. */
export function consoleTail(dir: string, lines: number): string[] {
  try {
    return readdirSync(dir)
      .filter((file) => /^serial[a-z]*\.log$/.test(file))
      .flatMap((file) => readTail(join(dir, file)).split(/\r?\n/))
      .map(safeLine)
      .filter((line) => line.trim() !== "")
      .slice(-lines);
  } catch {
    return [];
  }
}

function readTail(file: string): string {
  const descriptor = openSync(file, "r");
  try {
    const { size } = fstatSync(descriptor);
    const buffer = Buffer.alloc(Math.min(size, tailBytes));
    const read = readSync(descriptor, buffer, 0, buffer.length, size - buffer.length);
    return buffer.toString("utf8", 0, read);
  } finally {
    closeSync(descriptor);
  }
}
