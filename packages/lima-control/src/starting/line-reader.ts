import { open } from "node:fs/promises";

import { LineSplitter } from "@sysinit-internal/process";

const blockBytes = 64 * 1024;
const maxLineLength = 1024 * 1024;

/** Reads the lines of a log file that grows, and goes from the beginning again when it is made anew. */
export class LineReader {
  readonly #file: string;
  readonly #splitter = new LineSplitter((line) => this.#lines.push(line), maxLineLength);
  #lines: string[] = [];
  #position = 0;
  #inode: number | undefined;

  constructor(file: string) {
    this.#file = file;
  }

  /** The lines that the next block of it ends; undefined when there is nothing new, or no file yet. */
  async read(): Promise<string[] | undefined> {
    const handle = await open(this.#file, "r").catch(() => undefined);
    if (handle === undefined) return undefined;
    try {
      const { ino, size } = await handle.stat();
      if (this.#inode !== undefined && (ino !== this.#inode || size < this.#position)) {
        this.#splitter.end();
        this.#position = 0;
      }
      this.#inode = ino;
      const { bytesRead, buffer } = await handle.read({
        buffer: Buffer.alloc(blockBytes),
        position: this.#position,
      });
      this.#position += bytesRead;
      this.#splitter.push(buffer.subarray(0, bytesRead));
      return bytesRead === 0 && this.#lines.length === 0 ? undefined : this.#take();
    } finally {
      await handle.close();
    }
  }

  /** The last line, when it has no newline. */
  end(): string[] {
    this.#splitter.end();
    return this.#take();
  }

  #take(): string[] {
    const lines = this.#lines;
    this.#lines = [];
    return lines;
  }
}
