import { extname } from "node:path";

import type { OutputFiles } from "./output-files.ts";

const imageExtensions = new Set([".qcow2", ".img", ".raw"]);
// Not what is looked for, but worth naming when there is nothing else.
const relatedExtensions = new Set([".iso", ".vmdk", ".vdi", ".vhd", ".vhdx", ".gz", ".zst", ".xz", ".bz2"]);

/** Files of an output, at most one folder down, that by their names are images, and others that come near. */
export async function listCandidates(
  outPath: string,
  files: OutputFiles,
): Promise<{ images: string[]; related: string[] }> {
  const paths = (await files.list(outPath)).toSorted();
  const withExtension = (extensions: ReadonlySet<string>) =>
    paths.filter((path) => extensions.has(extname(path).toLowerCase()));
  return { images: withExtension(imageExtensions), related: withExtension(relatedExtensions) };
}
