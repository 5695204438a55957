import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";

import { ownerOf } from "./root-owner.ts";
import { removeRoot, rootPrefix, rootsDirectory, whyNotARoot } from "./roots.ts";

// It is said whose a root is within milliseconds.
const unsaidMs = 24 * 60 * 60 * 1000;

/**
 * Removes the roots of processes that are gone: killed in the middle of a build, or before they released its root. One whose
 * process lives, that belongs to nobody, or that holds anything else is left alone. Never fails.
 */
export async function sweepRoots(stateDirectory: string): Promise<void> {
  const parent = rootsDirectory(stateDirectory);
  for (const name of await readdir(parent).catch(() => [])) {
    const root = join(parent, name);
    if (!name.startsWith(rootPrefix)) continue;
    try {
      if ((await isLeft(root)) && (await whyNotARoot(root)) === undefined) await removeRoot(root);
    } catch {
      // Not ours to remove.
    }
  }
}

async function isLeft(root: string): Promise<boolean> {
  const owner = await ownerOf(root);
  if (owner.is !== "unsaid") return owner.is === "gone";
  // A link without an owner is a root that is to stay; with neither, or with half a word, its making or its release was killed.
  const isToStay = !owner.hasFile && (await readdir(root)).length > 0;
  return !isToStay && Date.now() - (await stat(root)).mtimeMs > unsaidMs;
}
