/** Calls `emit` at most once in `everyMs`, and once more for what came in between. */
export class Pacer {
  readonly #emit: () => void;
  readonly #everyMs: number;
  #nextAt = 0;
  #timer: NodeJS.Timeout | undefined;

  constructor(emit: () => void, everyMs: number) {
    this.#emit = emit;
    this.#everyMs = everyMs;
  }

  /** Something is there to be told. */
  touch(): void {
    if (this.#timer !== undefined) return;
    const wait = this.#nextAt - performance.now();
    if (wait <= 0) this.#fire();
    else this.#timer = setTimeout(() => this.#fire(), wait).unref();
  }

  /** Nothing is told later. */
  stop(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  #fire(): void {
    this.stop();
    this.#nextAt = performance.now() + this.#everyMs;
    this.#emit();
  }
}
