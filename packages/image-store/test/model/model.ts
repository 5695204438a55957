import { names, type ModelName } from "./operations.ts";

/** A generation as it has to be. */
export interface ModelGeneration {
  number: number;
  file: string;
  sha256: string;
  raw: boolean;
}

/** An image name as it has to be. */
export interface ModelImage {
  /** Oldest first. */
  generations: ModelGeneration[];
  /** Number of the current one. */
  current: number | undefined;
  highest: number;
}

/** What a store has to hold, told by what was done to it and by nothing that it says itself. */
export class Model {
  readonly images = new Map<ModelName, ModelImage>(
    names.map((name) => [name, { generations: [], current: undefined, highest: 0 }]),
  );
  /** Files of the user's with names of the store: path and digest. */
  readonly userFiles = new Map<string, string>();
  /** Instances, with the path or the digest that they need. */
  readonly instances = new Map<string, { path?: string; digest?: string }>();

  of(name: ModelName): ModelImage {
    return this.images.get(name)!;
  }

  isNeeded({ file, sha256 }: ModelGeneration): boolean {
    return [...this.instances.values()].some(({ path, digest }) => path === file || digest === sha256);
  }

  add(name: ModelName, generation: Omit<ModelGeneration, "number">): void {
    const image = this.of(name);
    image.highest++;
    image.generations.push({ number: image.highest, ...generation });
  }

  remove(name: ModelName, numbers: readonly number[]): void {
    const image = this.of(name);
    image.generations = image.generations.filter(({ number }) => !numbers.includes(number));
    if (image.current !== undefined && numbers.includes(image.current)) image.current = undefined;
  }

  /** What pruning has to remove of a name: what is said in its documentation, in other words than its code. */
  prunable(name: ModelName, keepNewest: number): number[] {
    const { generations, current } = this.of(name);
    if (current === undefined) return [];
    const newest = generations.slice(-keepNewest);
    const fromCurrent = generations.filter(({ number }) => number <= current).slice(-keepNewest);
    return generations
      .filter((generation) => !newest.includes(generation) && !fromCurrent.includes(generation))
      .filter((generation) => !this.isNeeded(generation))
      .map(({ number }) => number);
  }
}
