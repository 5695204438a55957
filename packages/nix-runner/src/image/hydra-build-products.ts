import { join } from "node:path";

import type { OutputFiles } from "./output-files.ts";

/** Files that a derivation names as its products: lines `file SUBTYPE PATH`, the path perhaps in quotes. */
export function parseBuildProducts(text: string): string[] {
  return text.split("\n").flatMap((line) => {
    const match = /^file\s+\S+\s+(?:"([^"]+)"|(\S+))/.exec(line);
    return match === null ? [] : [(match[1] ?? match[2])!];
  });
}

/** As `parseBuildProducts`, of an output; empty when it names none. */
export async function readBuildProducts(outPath: string, files: OutputFiles): Promise<string[]> {
  return parseBuildProducts((await files.text(join(outPath, "nix-support/hydra-build-products"))) ?? "");
}
