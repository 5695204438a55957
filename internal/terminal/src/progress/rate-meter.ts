const windowMs = 5_000;
const firstMs = 1_000;

/** How fast something that is counted grows, over the last five seconds. */
export class RateMeter {
  #samples: { atMs: number; count: number }[] = [];

  /** Takes the count at a time; one that goes back begins anew. */
  take(atMs: number, count: number): void {
    const last = this.#samples.at(-1);
    if (last !== undefined && count < last.count) this.#samples = [];
    this.#samples.push({ atMs, count });
    // One older than the window stays, to measure from.
    while (this.#samples.length > 2 && this.#samples[1]!.atMs <= atMs - windowMs) this.#samples.shift();
  }

  /** Per second; undefined in the first second. */
  get perSecond(): number | undefined {
    const [first, last] = [this.#samples[0], this.#samples.at(-1)];
    if (first === undefined || last === undefined || last.atMs - first.atMs < firstMs) return undefined;
    return ((last.count - first.count) * 1000) / (last.atMs - first.atMs);
  }
}
