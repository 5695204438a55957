import { readdir, rmdir, stat } from "node:fs/promises";
import { join } from "node:path";

import { isAbandoned } from "./root-owner.ts";
import { newRootPrefix, removeRoot, rootPrefix, rootsDirectory, whyNotARoot } from "./roots.ts";

// A root is begun and finished within milliseconds.
const unfinishedMs = 24 * 60 * 60 * 1000;

/**
 * Removes the roots of processes that are gone: killed in the middle of a build, or before they released its root. One whose
 * process lives, that belongs to nobody, or that holds anything else is left alone. Never fails.
 */
export async function sweepRoots(stateDirectory: string): Promise<void> {
  const parent = rootsDirectory(stateDirectory);
  for (const name of await readdir(parent).catch(() => [])) {
    const root = join(parent, name);
    try {
      if (await isLeft(root, name)) await removeRoot(root);
      // What is left of a release that was killed: a root that is made has its owner in it from the first.
      else if (name.startsWith(rootPrefix)) await rmdir(root);
    } catch {
      // Not empty, or not ours to remove.
    }
  }
}

async function isLeft(root: string, name: string): Promise<boolean> {
  if (name.startsWith(newRootPrefix)) {
    const isOld = Date.now() - (await stat(root)).mtimeMs > unfinishedMs;
    return isOld && (await whyNotARoot(root)) === undefined;
  }
  return name.startsWith(rootPrefix) && (await isAbandoned(root)) && (await whyNotARoot(root)) === undefined;
}
