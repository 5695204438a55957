import type { ImageSource } from "../../src/source/open-source.ts";

/** An image in memory that refuses any read which a file would not answer, and counts the others. */
export class MemorySource implements ImageSource {
  readonly path = "memory";
  readonly bytes: number;
  readonly allocatedBytes: number;
  readonly reads: { position: number; length: number }[] = [];
  readonly #content: Buffer;

  constructor(content: Buffer) {
    this.#content = content;
    this.bytes = content.length;
    this.allocatedBytes = content.length;
  }

  get handle(): never {
    throw new Error("the file is read through read()");
  }

  read(position: number, length: number): Promise<Buffer> {
    if (!Number.isSafeInteger(position) || !Number.isSafeInteger(length) || position < 0 || length < 0)
      throw new Error(`read of ${length} at ${position}`);
    if (position + length > this.bytes) throw new Error(`read behind the end: ${length} at ${position}`);
    this.reads.push({ position, length });
    return Promise.resolve(Buffer.from(this.#content.subarray(position, position + length)));
  }

  checkUnchanged(): Promise<void> {
    return Promise.resolve();
  }

  close(): Promise<void> {
    return Promise.resolve();
  }
}
