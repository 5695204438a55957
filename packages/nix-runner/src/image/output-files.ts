import { open, readdir, readFile, realpath, stat } from "node:fs/promises";
import { join } from "node:path";

/** The files of an output, here or on another machine. What does not exist is undefined, not an error. */
export interface OutputFiles {
  /** What a path is, links followed. */
  kind(path: string): Promise<"file" | "directory" | "other" | undefined>;
  /** A path with all links resolved. */
  realPath(path: string): Promise<string | undefined>;
  /** Paths of the files and links in a directory and in the folders in it. */
  list(directory: string): Promise<string[]>;
  text(path: string): Promise<string | undefined>;
  /** The first bytes of a file. */
  head(path: string, bytes: number): Promise<Buffer>;
}

/** The files of this machine. */
export const localFiles: OutputFiles = {
  kind: async (path) => {
    const found = await stat(path).catch(undefinedIfMissing);
    if (found === undefined) return undefined;
    return found.isFile() ? "file" : found.isDirectory() ? "directory" : "other";
  },
  realPath: (path) => realpath(path).catch(undefinedIfMissing),
  list: (directory) => filesIn(directory, 2),
  text: (path) => readFile(path, "utf8").catch(undefinedIfMissing),
  head: async (path, bytes) => {
    // Not `await using`: Node 22 runs these sources as they are and does not know it.
    const handle = await open(path, "r");
    try {
      const { buffer, bytesRead } = await handle.read(Buffer.alloc(bytes), 0, bytes, 0);
      return buffer.subarray(0, bytesRead);
    } finally {
      await handle.close();
    }
  },
};

async function filesIn(directory: string, depth: number): Promise<string[]> {
  const files: string[] = [];
  for (const entry of await readdir(directory, { withFileTypes: true })) {
    const path = join(directory, entry.name);
    if (entry.isFile() || entry.isSymbolicLink()) files.push(path);
    else if (entry.isDirectory() && depth > 1) files.push(...(await filesIn(path, depth - 1)));
  }
  return files;
}

function undefinedIfMissing(error: NodeJS.ErrnoException): undefined {
  // A link that leads in a circle leads nowhere.
  if (!["ENOENT", "ENOTDIR", "ELOOP"].includes(error.code ?? "")) throw error;
}
