import { createHash, type Hash } from "node:crypto";
import { constants } from "node:fs";
import { open, type FileHandle } from "node:fs/promises";

import { fromSystem } from "../../errors/from-system.ts";
import { ImageStoreError } from "../../errors/image-store-error.ts";
import { forEachChunk } from "../../transfer/hash-file.ts";
import { writeSparse } from "../../transfer/write-sparse.ts";

/** How much is gathered before it is written: blocks of zeros, which become holes, are found in it. */
export const gatheredBytes = 1024 * 1024;

export interface PartFileOptions {
  signal?: AbortSignal | undefined;
  /** Told while what is there already is read. */
  onHash?: ((doneBytes: number, totalBytes: number) => void) | undefined;
}

/** A file that grows at its end, with the SHA-256 of what it has. Memory for one piece of it, whatever its size. */
export class PartFile {
  readonly #handle: FileHandle;
  readonly #path: string;
  readonly #gathered = Buffer.allocUnsafe(gatheredBytes);
  #gatheredLength = 0;
  #writtenBytes = 0;
  #hash: Hash = createHash("sha256");

  private constructor(path: string, handle: FileHandle) {
    this.#path = path;
    this.#handle = handle;
  }

  /**
   * Opens the part at a path, or makes an empty one. What is there of it is read, for its SHA-256.
   *
   * @throws ImageStoreError DIRECTORY_NOT_WRITABLE, DISK_FULL, IO_FAILED, ABORTED
   */
  static async open(path: string, options: PartFileOptions): Promise<PartFile> {
    try {
      const flags = constants.O_RDWR | constants.O_CREAT | constants.O_NOFOLLOW | constants.O_NONBLOCK;
      const handle = await open(path, flags, 0o600);
      const file = new PartFile(path, handle);
      try {
        const stats = await handle.stat();
        if (!stats.isFile()) throw new Error("it is no file");
        const { signal, onHash } = options;
        const onProgress = (doneBytes: number) => onHash?.(doneBytes, stats.size);
        file.#writtenBytes = await forEachChunk(
          handle,
          { signal, onProgress },
          (chunk) => void file.#hash.update(chunk),
        );
        return file;
      } catch (error) {
        await handle.close();
        throw error;
      }
    } catch (error) {
      throw fromSystem(error, "open the download", path);
    }
  }

  /** Size of what has come. */
  get bytes(): number {
    return this.#writtenBytes + this.#gatheredLength;
  }

  /** The beginning of a file that began to come just now, as long as it has not been written. */
  get gathered(): Buffer {
    return this.#gathered.subarray(0, this.#gatheredLength);
  }

  /** @throws ImageStoreError DISK_FULL, IO_FAILED */
  async append(chunk: Buffer, onFull: () => Promise<void>): Promise<void> {
    let taken = 0;
    while (taken < chunk.length) {
      const piece = chunk.subarray(taken, taken + gatheredBytes - this.#gatheredLength);
      piece.copy(this.#gathered, this.#gatheredLength);
      this.#gatheredLength += piece.length;
      taken += piece.length;
      if (this.#gatheredLength < gatheredBytes) return;
      await onFull();
      await this.flush();
    }
  }

  /** Writes what was gathered. */
  async flush(): Promise<void> {
    if (this.#gatheredLength === 0) return;
    const piece = this.gathered;
    try {
      await writeSparse(this.#handle, piece, this.#writtenBytes);
    } catch (error) {
      throw this.#failed(error);
    }
    this.#hash.update(piece);
    this.#writtenBytes += piece.length;
    this.#gatheredLength = 0;
  }

  /** Begins again with nothing. */
  async clear(): Promise<void> {
    this.#gatheredLength = 0;
    this.#writtenBytes = 0;
    this.#hash = createHash("sha256");
    try {
      await this.#handle.truncate(0);
    } catch (error) {
      throw this.#failed(error);
    }
  }

  /** SHA-256 of what has been written, in hex. */
  sha256(): string {
    return this.#hash.copy().digest("hex");
  }

  /** Gives the file its full size, where it ends with a hole, the mode of an image, and has it on the disk. */
  async finish(): Promise<void> {
    try {
      await this.flush();
      await this.#handle.truncate(this.#writtenBytes);
      await this.#handle.chmod(0o644);
      await this.#handle.sync();
    } catch (error) {
      throw this.#failed(error);
    }
  }

  /** Writes what has come and closes the file; what cannot be written is what has to come again. */
  async close(): Promise<void> {
    try {
      await this.flush();
      await this.#handle.truncate(this.#writtenBytes);
    } catch {
      // What was written before is still there.
    } finally {
      await this.#handle.close();
    }
  }

  #failed(error: unknown): ImageStoreError {
    return fromSystem(error, "write the download", this.#path);
  }
}
