import type { NixMessage } from "../nix/internal-json.ts";

const mostPlanned = 20_000;

/**
 * What nix says that it will build, before it begins: "these 2 derivations will be built:" and a line for each. nix tells this
 * in words only (printMissing in src/libmain/shared.cc).
 */
export class PlannedBuilds {
  readonly #drvPaths = new Set<string>();
  #isListing = false;

  /** Takes note of a message; returns whether it was part of the list. */
  read({ text, rawText }: NixMessage): boolean {
    if (rawText !== undefined) return (this.#isListing = false);
    if (/^(?:these \d+ derivations|this derivation) will be built:$/.test(text))
      return (this.#isListing = true);
    const drvPath = this.#isListing ? /^ {2}(\/\S+\.drv)$/.exec(text)?.[1] : undefined;
    this.#isListing = drvPath !== undefined;
    if (drvPath === undefined) return false;
    if (this.#drvPaths.size < mostPlanned) this.#drvPaths.add(drvPath);
    return true;
  }

  /** It is being built, or was. */
  begun(drvPath: string): void {
    this.#drvPaths.delete(drvPath);
  }

  /** Derivations whose turn is still to come. */
  get waiting(): ReadonlySet<string> {
    return this.#drvPaths;
  }
}
