/** A time limit that can be held. */
export class TimeLimit {
  #leftMs: number;
  #runsSince: number | undefined;
  #timer: NodeJS.Timeout | undefined;
  readonly #onReached: () => void;

  constructor(limitMs: number, onReached: () => void) {
    this.#leftMs = limitMs;
    this.#onReached = onReached;
  }

  /** The time counts from now on; nothing when it does already. */
  run(): void {
    if (this.#runsSince !== undefined) return;
    this.#runsSince = performance.now();
    this.#timer = setTimeout(this.#onReached, Math.max(0, this.#leftMs)).unref();
  }

  /** The time does not count until it runs again. */
  hold(): void {
    if (this.#runsSince === undefined) return;
    this.#leftMs -= performance.now() - this.#runsSince;
    this.#runsSince = undefined;
    clearTimeout(this.#timer);
  }
}
