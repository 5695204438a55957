import { readdir } from "node:fs/promises";
import { extname, join } from "node:path";

const imageExtensions = new Set([".qcow2", ".img", ".raw"]);
// Not what is looked for, but worth naming when there is nothing else.
const relatedExtensions = new Set([".iso", ".vmdk", ".vdi", ".vhd", ".vhdx", ".gz", ".zst", ".xz", ".bz2"]);

/** Files of an output, at most one folder down, that by their names are images, and others that come near. */
export async function listCandidates(outPath: string): Promise<{ images: string[]; related: string[] }> {
  const files = await filesIn(outPath, 2);
  const withExtension = (extensions: ReadonlySet<string>) =>
    files.filter((file) => extensions.has(extname(file).toLowerCase()));
  return { images: withExtension(imageExtensions), related: withExtension(relatedExtensions) };
}

async function filesIn(directory: string, depth: number): Promise<string[]> {
  const entries = await readdir(directory, { withFileTypes: true });
  entries.sort((one, other) => (one.name < other.name ? -1 : 1));
  const files: string[] = [];
  for (const entry of entries) {
    const path = join(directory, entry.name);
    if (entry.isFile() || entry.isSymbolicLink()) files.push(path);
    else if (entry.isDirectory() && depth > 1) files.push(...(await filesIn(path, depth - 1)));
  }
  return files;
}
