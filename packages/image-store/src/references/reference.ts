/** Somebody who needs a stored image. */
export interface ImageReference {
  /**
   * "hard": it is broken, or cannot be made again, without the image. "soft": it names the image by its digest, or would
   * make the next instance from it.
   */
  strength: "hard" | "soft";
  /** How it needs the image. */
  kind: "disk" | "location" | "digest" | "hard-link" | "open-file";
  /** Who it is, for people: as "instance dev", "template dev.yaml" or "process 123". */
  by: string;
  /** The file that says so. */
  source: string;
}

/** A stored image as it can be referred to. */
export interface ReferenceTarget {
  /** Paths of its files: the image, and its raw disk. They lie in the real directory of the store. */
  files: readonly string[];
  sha256: readonly string[];
}

/** References by target. */
export type ReferenceMap = ReadonlyMap<ReferenceTarget, readonly ImageReference[]>;

/** Collects references; one that is found twice counts once. */
export class ReferenceCollector {
  readonly #found: Map<ReferenceTarget, ImageReference[]>;

  constructor(targets: readonly ReferenceTarget[]) {
    this.#found = new Map(targets.map((target) => [target, []]));
  }

  add(target: ReferenceTarget, reference: ImageReference): void {
    const known = this.#found.get(target)!;
    const same = ({ kind, by, source }: ImageReference) =>
      kind === reference.kind && by === reference.by && source === reference.source;
    if (!known.some(same)) known.push(reference);
  }

  get found(): ReferenceMap {
    return this.#found;
  }
}
