import { createHash } from "node:crypto";
import type { FileHandle } from "node:fs/promises";

import { throwIfAborted } from "../errors/from-system.ts";
import { writeSparse } from "../transfer/write-sparse.ts";
import type { ConversionOptions } from "./conversion-options.ts";

const zeros = Buffer.alloc(1024 * 1024);

/** Writes a raw disk from its beginning to its end, and hashes it on the way; what is not written is a hole of zeros. */
export class RawWriter {
  readonly #hash = createHash("sha256");
  readonly #target: FileHandle;
  readonly #totalBytes: number;
  readonly #options: ConversionOptions;
  #position = 0;

  constructor(target: FileHandle, totalBytes: number, options: ConversionOptions) {
    this.#target = target;
    this.#totalBytes = totalBytes;
    this.#options = options;
  }

  /** Writes at a position that is not before the end of what was written last. */
  async write(position: number, data: Buffer): Promise<void> {
    await this.#skipTo(position);
    this.#hash.update(data);
    await writeSparse(this.#target, data, position);
    this.#moveTo(position + data.length);
  }

  /** Fills up to the end of the disk, and gives the SHA-256 of all of it. */
  async end(): Promise<string> {
    await this.#skipTo(this.#totalBytes);
    await this.#target.truncate(this.#totalBytes);
    return this.#hash.digest("hex");
  }

  async #skipTo(position: number): Promise<void> {
    while (this.#position < position) {
      const bytes = Math.min(zeros.length, position - this.#position);
      this.#hash.update(bytes === zeros.length ? zeros : zeros.subarray(0, bytes));
      this.#moveTo(this.#position + bytes);
      // Nothing of this waits for anything: let signals and timers have their turn.
      if (this.#position % (64 * zeros.length) === 0) await new Promise(setImmediate);
    }
  }

  #moveTo(position: number): void {
    throwIfAborted(this.#options.signal);
    this.#position = position;
    this.#options.emit({ type: "convert", doneBytes: position, totalBytes: this.#totalBytes });
  }
}
