import { readFileSync, statSync } from "node:fs";

/** The bytes of the first path that can be read, or the error of the first one. */
export async function firstReadable(paths: readonly string[]): Promise<Buffer | Error> {
  let first: Error | undefined;
  for (const path of paths) {
    try {
      return await readBytes(path);
    } catch (error) {
      first ??= error as Error;
    }
  }
  return first ?? new Error("no path to look at");
}

async function readBytes(path: string): Promise<Buffer> {
  // A template is read before the threads of Node have been started. But what makes one wait, such as a pipe, may take its time.
  if (statSync(path).isFile()) return readFileSync(path);
  return process.getBuiltinModule("node:fs/promises").readFile(path);
}

/** Why a file could not be read, in a few words. */
export function reasonOf(error: Error): string {
  const code = (error as NodeJS.ErrnoException).code;
  if (code === "ENOENT") return "no such file";
  if (code === "EACCES") return "permission denied";
  if (code === "EISDIR") return "it is a directory";
  return error.message;
}
