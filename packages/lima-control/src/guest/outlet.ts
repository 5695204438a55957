import { PassThrough, type Readable } from "node:stream";

import { drained } from "@sysinit-internal/process";

/**
 * One output of a process as a stream that is made when it is asked for. Until then what is written is dropped, so that
 * an output that nobody wants holds nothing up.
 */
export class Outlet {
  #stream: PassThrough | undefined;
  #closed: { error: unknown } | undefined;

  get stream(): Readable {
    if (this.#stream === undefined) {
      this.#stream = new PassThrough();
      // Who reads it is told by the reading; without this an unread stream would end our process.
      this.#stream.on("error", () => {});
      if (this.#closed !== undefined) this.close(this.#closed.error);
    }
    return this.#stream;
  }

  /** Fulfilled when there is room for more, or when nobody reads any more. */
  write(chunk: Uint8Array): void | Promise<void> {
    const stream = this.#stream;
    if (stream === undefined || stream.destroyed || stream.write(chunk)) return;
    return drained(stream);
  }

  /** Ends the stream, or has its reader fail with `error`. */
  close(error?: unknown): void {
    this.#closed = { error };
    if (error === undefined) this.#stream?.end();
    else this.#stream?.destroy(error instanceof Error ? error : new Error(String(error)));
  }
}
