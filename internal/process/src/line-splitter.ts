import { StringDecoder } from "node:string_decoder";

/** Cuts a byte stream into lines; UTF-8 sequences split between chunks stay whole. */
export class LineSplitter {
  readonly #decoder = new StringDecoder("utf8");
  readonly #onLine: (line: string) => void;
  readonly #maxLineLength: number;
  #rest = "";

  /** `maxLineLength` in UTF-16 units: what a longer line holds beyond it is dropped. */
  constructor(onLine: (line: string) => void, maxLineLength: number) {
    this.#onLine = onLine;
    this.#maxLineLength = maxLineLength;
  }

  push(chunk: Uint8Array): void {
    const lines = this.#decoder
      .write(Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength))
      .split("\n");
    const last = lines.pop()!;
    for (const line of lines) {
      this.#emit(this.#rest + line);
      this.#rest = "";
    }
    if (this.#rest.length < this.#maxLineLength) this.#rest += last;
  }

  /** Gives out what came after the last newline. */
  end(): void {
    const last = this.#rest + this.#decoder.end();
    this.#rest = "";
    if (last !== "") this.#emit(last);
  }

  #emit(line: string): void {
    const shown = line.endsWith("\r") ? line.slice(0, -1) : line;
    this.#onLine(shown.length > this.#maxLineLength ? shown.slice(0, this.#maxLineLength) : shown);
  }
}
