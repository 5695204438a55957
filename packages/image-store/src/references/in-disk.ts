import { constants, type Stats } from "node:fs";
import { lstat, open } from "node:fs/promises";
import { dirname, resolve } from "node:path";

import { readDiskLinks } from "../qcow2/disk-links.ts";
import type { ReferenceTarget } from "./reference.ts";
import type { TargetIndex } from "./target-index.ts";
import { Unreadable } from "./unreadable.ts";

const longestChain = 32;

/**
 * The stored images that a disk cannot be read without: the file that a link leads to, the same file under another name,
 * and what its qcow2 header names (backing file, external data file), down the whole chain.
 *
 * @throws Unreadable
 */
export async function findInDisk(file: string, index: TargetIndex): Promise<ReferenceTarget[]> {
  const found: ReferenceTarget[] = [];
  let paths = [file];
  for (let depth = 0; paths.length > 0; depth++) {
    if (depth > longestChain) throw new Unreadable(file, "its chain of backing files has no end");
    const next: string[] = [];
    for (const path of paths) {
      const target = await index.atPath(path);
      if (target !== undefined) found.push(target);
      next.push(...(await linksOf(path, index, found)));
    }
    paths = next;
  }
  return found;
}

async function linksOf(path: string, index: TargetIndex, found: ReferenceTarget[]): Promise<string[]> {
  try {
    const stats = await lstat(path);
    if (!stats.isSymbolicLink() && !stats.isFile()) return [];
    if (stats.isFile()) foundSame(stats, index, found);
    // A FIFO behind a link would wait for a writer for ever.
    const handle = await open(path, constants.O_RDONLY | constants.O_NONBLOCK);
    try {
      const opened = await handle.stat();
      if (!opened.isFile()) return [];
      foundSame(opened, index, found);
      return (await readDiskLinks(handle, opened.size)).map((link) => resolve(dirname(path), link));
    } finally {
      await handle.close();
    }
  } catch (error) {
    // A chain that is broken already needs nothing behind the break.
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return [];
    throw Unreadable.from(error, path);
  }
}

function foundSame(stats: Stats, index: TargetIndex, found: ReferenceTarget[]): void {
  const target = index.sameFile(stats);
  if (target !== undefined) found.push(target);
}
