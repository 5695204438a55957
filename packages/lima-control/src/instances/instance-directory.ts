import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";

import { homeUnusable } from "../failures/home-unusable.ts";

/** Where Lima keeps an instance. */
export function instanceDirectory(home: string, name: string): string {
  return join(home, name);
}

/**
 * What there is of an instance on disk: nothing, a directory alone, or a directory with its template in it.
 *
 * @throws LimaControlError LIMA_HOME_UNUSABLE
 */
export async function instanceOnDisk(
  home: string,
  name: string,
): Promise<"absent" | "without-template" | "whole"> {
  const dir = instanceDirectory(home, name);
  if (await exists(home, join(dir, "lima.yaml"))) return "whole";
  return (await exists(home, dir)) ? "without-template" : "absent";
}

/**
 * The names of all directories that Lima takes for instances: what begins with a dot or underscore is something else.
 *
 * @throws LimaControlError LIMA_HOME_UNUSABLE
 */
export async function instanceNamesOnDisk(home: string): Promise<string[]> {
  try {
    const entries = await readdir(home, { withFileTypes: true });
    return entries
      .filter((entry) => entry.isDirectory() && !/^[._]/.test(entry.name))
      .map((entry) => entry.name)
      .sort();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return [];
    throw homeUnusable(home, error, "read");
  }
}

async function exists(home: string, path: string): Promise<boolean> {
  try {
    await stat(path);
    return true;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "ENOENT" || code === "ENOTDIR") return false;
    throw homeUnusable(home, error, "read");
  }
}
