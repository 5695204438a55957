import { lstat, realpath } from "node:fs/promises";
import { basename, dirname, join } from "node:path";

import type { ReferenceTarget } from "./reference.ts";

/** Finds stored images by path, by being the same file, and by digest. */
export class TargetIndex {
  readonly #byFile = new Map<string, ReferenceTarget>();
  readonly #byIdentity = new Map<string, ReferenceTarget>();
  readonly #byDigest = new Map<string, ReferenceTarget[]>();

  static async of(targets: readonly ReferenceTarget[]): Promise<TargetIndex> {
    const index = new TargetIndex();
    for (const target of targets) await index.#add(target);
    return index;
  }

  async #add(target: ReferenceTarget): Promise<void> {
    for (const file of target.files) {
      this.#byFile.set(file, target);
      const stats = await lstat(file).catch(() => undefined);
      if (stats !== undefined) this.#byIdentity.set(identityOf(stats), target);
    }
    for (const sha256 of target.sha256) {
      this.#byDigest.set(sha256, [...(this.#byDigest.get(sha256) ?? []), target]);
    }
  }

  /** The image that a path leads to, through links as well. Also one that was there a moment ago. */
  async atPath(path: string): Promise<ReferenceTarget | undefined> {
    const real = await realpath(path).catch(async () => {
      const directory = await realpath(dirname(path)).catch(() => dirname(path));
      return join(directory, basename(path));
    });
    return this.#byFile.get(real);
  }

  /** The image that is the same file under another name. */
  sameFile(stats: { dev: number; ino: number }): ReferenceTarget | undefined {
    return this.#byIdentity.get(identityOf(stats));
  }

  withDigest(sha256: string): readonly ReferenceTarget[] {
    return this.#byDigest.get(sha256) ?? [];
  }
}

function identityOf({ dev, ino }: { dev: number; ino: number }): string {
  return `${dev}:${ino}`;
}
