/** Keeps the last bytes of a stream, so that a chatty tool cannot fill the memory. */
export class TailBuffer {
  #chunks: Uint8Array[] = [];
  #bytes = 0;
  #dropped = false;
  readonly #maxBytes: number;

  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes;
  }

  push(chunk: Uint8Array): void {
    this.#chunks.push(chunk);
    this.#bytes += chunk.byteLength;
    while (this.#bytes > this.#maxBytes) {
      const first = this.#chunks[0]!;
      const excess = this.#bytes - this.#maxBytes;
      this.#dropped = true;
      if (first.byteLength <= excess) {
        this.#chunks.shift();
        this.#bytes -= first.byteLength;
      } else {
        this.#chunks[0] = first.subarray(excess);
        this.#bytes -= excess;
      }
    }
  }

  /** Whether bytes were thrown away. */
  get truncated(): boolean {
    return this.#dropped;
  }

  toString(): string {
    return Buffer.concat(this.#chunks).toString("utf8");
  }
}
