import { readFile } from "node:fs/promises";

/** "nixos-disk-image" of "/nix/store/…-nixos-disk-image.drv". */
export function derivationName(drvPath: string): string {
  const base = drvPath.slice(drvPath.lastIndexOf("/") + 1);
  return base.replace(/^[0-9a-z]{32}-/, "").replace(/\.drv$/, "");
}

/**
 * "nixos-disk-image" of "nixos-disk-image-25.11": up to the first dash that no letter follows.
 * Source of the rule: builtins.parseDrvName in the Nix manual.
 */
export function packageName(name: string): string {
  return /^(.*?)-[^A-Za-z]/.exec(name)?.[1] || name;
}

/** The system a derivation is built on, as its file in the store says: `Derive([outputs],[inputs],[sources],"SYSTEM","BUILDER",…`. */
export function parseDerivationSystem(text: string): string | undefined {
  return /\],"([^"\\]+)","/.exec(text)?.[1];
}

/** As `parseDerivationSystem`; undefined when the store is elsewhere and the file cannot be read. */
export async function readDerivationSystem(drvPath: string): Promise<string | undefined> {
  try {
    return parseDerivationSystem(await readFile(drvPath, "utf8"));
  } catch {
    return undefined;
  }
}
