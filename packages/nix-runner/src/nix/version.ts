/** Whose nix it is. */
export type NixFlavour = "nix" | "lix" | "determinate";

export interface NixVersion {
  /** As in "2.26.3". */
  version: string;
  flavour: NixFlavour;
}

/** Nothing before this evaluates nixpkgs. */
export const oldestVersion = "2.18";

/** Reads what `nix --version` prints: "nix (Nix) 2.26.3", "nix (Lix, like Nix) 2.94.0", "nix (Determinate Nix 3.8.0) 2.30.1". */
export function parseNixVersion(output: string): NixVersion | undefined {
  const match = /^nix \(([^)]*)\) (\d+(?:\.\d+)+)/m.exec(output);
  if (match === null) return undefined;
  const maker = match[1]!;
  const flavour = maker.startsWith("Lix") ? "lix" : maker.startsWith("Determinate") ? "determinate" : "nix";
  return { version: match[2]!, flavour };
}

/** Whether `version` is `floor` or newer; parts are compared as numbers. */
export function isAtLeast(version: string, floor: string): boolean {
  const parts = version.split(".").map(Number);
  for (const [index, wanted] of floor.split(".").map(Number).entries()) {
    const part = parts[index] ?? 0;
    if (part !== wanted) return part > wanted;
  }
  return true;
}
