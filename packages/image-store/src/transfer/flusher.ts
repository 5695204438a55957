import type { FileHandle } from "node:fs/promises";

const flushEveryBytes = 64 * 1024 * 1024;

/**
 * Has the disk take what was written while more is being written, so that the fsync at the end has little left to wait for. Its
 * own failures mean nothing: that fsync tells them.
 */
export class Flusher {
  readonly #target: FileHandle;
  #pendingBytes = 0;
  #running: Promise<void> | undefined;

  constructor(target: FileHandle) {
    this.#target = target;
  }

  wrote(bytes: number): void {
    this.#pendingBytes += bytes;
    if (this.#running !== undefined || this.#pendingBytes < flushEveryBytes) return;
    this.#pendingBytes = 0;
    this.#running = this.#target.datasync().then(
      () => void (this.#running = undefined),
      () => void (this.#running = undefined),
    );
  }

  /** Waits until nothing uses the file any more. */
  async end(): Promise<void> {
    await this.#running;
  }
}
