import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";

/** More than any flake of one project has; with more, changes of it are not looked for. */
const mostFiles = 2_000;

/** The files that decide what a flake on this machine builds, and the folders that they were found in. */
export interface FlakeFiles {
  /** Digest by path. */
  digests: Record<string, string>;
  folders: string[];
}

/**
 * Reads every nix file and the lock of a flake. What else it is built from (sources in other languages) is for the flake to
 * name, and is not seen here. Hidden folders, `node_modules` and links such as `result` are passed over.
 */
export async function readFlakeFiles(directory: string): Promise<FlakeFiles | undefined> {
  const digests: Record<string, string> = {};
  const folders: string[] = [directory];
  for (const folder of folders) {
    const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
    for (const entry of entries) {
      const path = join(folder, entry.name);
      if (entry.isDirectory() && !entry.name.startsWith(".") && entry.name !== "node_modules")
        folders.push(path);
      if (!entry.isFile() || !/\.nix$|^flake\.lock$/.test(entry.name)) continue;
      digests[path] = createHash("sha256")
        .update(await readFile(path))
        .digest("hex")
        .slice(0, 16);
    }
    if (folders.length + Object.keys(digests).length > mostFiles) return undefined;
  }
  return { digests, folders };
}
