import { existsSync } from "node:fs";
import { readdir, stat } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";

/**
 * The directory that nix copies whole into its store to evaluate a flake: of a `path:` reference, or of a plain path outside of
 * git. Undefined where it copies only what git knows, or where the flake is elsewhere.
 */
export function copiedDirectory(flakeReference: string, cwd: string): string | undefined {
  const path = flakeReference.replace(/\?.*$/, "");
  if (path.startsWith("path:")) return resolve(cwd, decoded(path.slice("path:".length)));
  if (!/^[./]/.test(path)) return undefined;
  const directory = nearest(resolve(cwd, path), "flake.nix");
  return directory === undefined || nearest(directory, ".git") !== undefined ? undefined : directory;
}

/** Whether a reference names a flake in a git tree of this machine, which nix reads without copying what git does not know. */
export function isGitTree(flakeReference: string, cwd: string): boolean {
  const path = flakeReference.replace(/\?.*$/, "");
  if (path.startsWith("git+file:")) return true;
  return /^[./]/.test(path) && nearest(resolve(cwd, path), ".git") !== undefined;
}

/** The directory or the nearest above it that has an entry of that name. */
function nearest(directory: string, name: string): string | undefined {
  if (existsSync(join(directory, name))) return directory;
  const above = dirname(directory);
  return above === directory ? undefined : nearest(above, name);
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

// Counting must not take longer than what it warns of.
const mostEntries = 20_000;

/** Whether the files below a directory are larger than `bytes` together; false when that takes too long to find out. */
export async function isLargerThan(directory: string, bytes: number): Promise<boolean> {
  let total = 0;
  let entries = 0;
  const waiting = [directory];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const names = await readdir(next, { withFileTypes: true }).catch(() => []);
    for (const entry of names) {
      if (++entries > mostEntries) return false;
      const path = join(next, entry.name);
      if (entry.isDirectory()) waiting.push(path);
      else if (entry.isFile()) total += (await stat(path).catch(() => ({ size: 0 }))).size;
      if (total > bytes) return true;
    }
  }
  return false;
}
