const windowMs = 5000;
const shortestMs = 1000;

/** How fast a counter of bytes grows, over the last five seconds. */
export class SpeedMeter {
  readonly #samples: { atMs: number; bytes: number }[] = [];

  /** Takes note of the counter. Times must not go back. */
  sample(atMs: number, bytes: number): void {
    this.#samples.push({ atMs, bytes });
    // The youngest that is older than the window stays, so that the window is full.
    while (this.#samples.length > 2 && this.#samples[1]!.atMs <= atMs - windowMs) this.#samples.shift();
  }

  /** Undefined until a second has been seen. */
  get bytesPerSecond(): number | undefined {
    const first = this.#samples[0];
    const last = this.#samples.at(-1);
    if (first === undefined || last === undefined || last.atMs - first.atMs < shortestMs) return undefined;
    return Math.round(((last.bytes - first.bytes) * 1000) / (last.atMs - first.atMs));
  }

  /** What comes from now on has nothing to do with what was. */
  reset(): void {
    this.#samples.length = 0;
  }
}
