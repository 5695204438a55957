/** Keeps the last bytes of a stream, so that a chatty tool cannot fill the memory. */
export class TailBuffer {
  /** A ring, which grows with what it holds: the chunks themselves, when they are small, would take more than their bytes. */
  #ring = Buffer.alloc(0);
  #start = 0;
  #bytes = 0;
  #dropped = false;
  readonly #maxBytes: number;

  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes;
  }

  push(chunk: Uint8Array): void {
    const kept = chunk.subarray(Math.max(0, chunk.byteLength - this.#maxBytes));
    const excess = Math.max(0, this.#bytes + chunk.byteLength - this.#maxBytes);
    if (excess > 0) this.#dropped = true;
    if (kept.byteLength === 0) return;
    this.#makeRoom(Math.min(this.#bytes + kept.byteLength, this.#maxBytes));
    const dropped = Math.min(excess, this.#bytes);
    this.#start = (this.#start + dropped) % this.#ring.length;
    this.#bytes -= dropped;
    const at = (this.#start + this.#bytes) % this.#ring.length;
    const untilEnd = this.#ring.length - at;
    this.#ring.set(kept.subarray(0, untilEnd), at);
    this.#ring.set(kept.subarray(untilEnd), 0);
    this.#bytes += kept.byteLength;
  }

  /** Whether bytes were thrown away. */
  get truncated(): boolean {
    return this.#dropped;
  }

  toString(): string {
    return this.#content().toString("utf8");
  }

  #content(): Buffer {
    const end = this.#start + this.#bytes;
    const wrapped = Math.max(0, end - this.#ring.length);
    const whole = this.#ring.subarray(this.#start, end);
    return wrapped === 0 ? whole : Buffer.concat([whole, this.#ring.subarray(0, wrapped)]);
  }

  #makeRoom(bytes: number): void {
    if (bytes <= this.#ring.length) return;
    const larger = Buffer.alloc(Math.min(Math.max(bytes, 2 * this.#ring.length), this.#maxBytes));
    larger.set(this.#content());
    this.#ring = larger;
    this.#start = 0;
  }
}
