import { accessSync, constants, statSync } from "node:fs";
import { delimiter, isAbsolute, join } from "node:path";

/**
 * Where a command would be started from: the first executable file on PATH, then in `extraDirectories`.
 * A name with a slash is only checked. Undefined when there is none.
 */
export function findExecutable(
  name: string,
  options: { env?: Readonly<Record<string, string | undefined>>; extraDirectories?: readonly string[] } = {},
): string | undefined {
  if (name.includes("/")) return isExecutableFile(name) ? name : undefined;
  const path = (options.env ?? process.env)["PATH"] ?? "";
  const directories = [...path.split(delimiter).filter(isAbsolute), ...(options.extraDirectories ?? [])];
  return directories.map((directory) => join(directory, name)).find(isExecutableFile);
}

function isExecutableFile(path: string): boolean {
  try {
    // The usual case in a folder of PATH is that it has none, which need not be made an error of.
    if (statSync(path, { throwIfNoEntry: false })?.isFile() !== true) return false;
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
