import { constants, type BigIntStats } from "node:fs";
import { lstat, open, realpath, stat, type FileHandle } from "node:fs/promises";

import { ImageStoreError } from "../errors/image-store-error.ts";

/** An image file that is open for reading. All that is read of it is read through one handle. */
export interface ImageSource {
  readonly path: string;
  readonly handle: FileHandle;
  readonly bytes: number;
  /** What the file takes on its disk; less than `bytes` where it has holes. */
  readonly allocatedBytes: number;
  /** Exactly these bytes of the file. */
  read(position: number, length: number): Promise<Buffer>;
  /** @throws ImageStoreError SOURCE_CHANGED when the file is not what it was when it was opened. */
  checkUnchanged(): Promise<void>;
  close(): Promise<void>;
}

/**
 * Opens a regular file. Anything else is refused before it is opened: a FIFO would wait for a writer for ever.
 *
 * @param options.followLink Whether the path itself may be a symbolic link.
 * @throws ImageStoreError SOURCE_NOT_FOUND, SOURCE_NOT_A_FILE, SOURCE_UNREADABLE
 */
export async function openSource(path: string, options: { followLink: boolean }): Promise<ImageSource> {
  const look = options.followLink ? stat : lstat;
  const before = await look(path, { bigint: true }).catch((error: unknown) => {
    throw fromRead(error, path);
  });
  if (!before.isFile()) throw await notAFile(path, before);
  const flags = constants.O_RDONLY | constants.O_NONBLOCK | (options.followLink ? 0 : constants.O_NOFOLLOW);
  const handle = await open(path, flags).catch((error: unknown) => {
    throw fromRead(error, path);
  });
  try {
    const opened = await handle.stat({ bigint: true });
    if (!opened.isFile()) throw await notAFile(path, opened);
    return new OpenSource(path, handle, opened, look);
  } catch (error) {
    await handle.close();
    throw error;
  }
}

class OpenSource implements ImageSource {
  readonly path: string;
  readonly handle: FileHandle;
  readonly bytes: number;
  readonly allocatedBytes: number;
  readonly #opened: BigIntStats;
  readonly #look: typeof lstat;

  constructor(path: string, handle: FileHandle, opened: BigIntStats, look: typeof lstat) {
    this.path = path;
    this.handle = handle;
    this.bytes = Number(opened.size);
    this.allocatedBytes = Number(opened.blocks) * 512;
    this.#opened = opened;
    this.#look = look;
  }

  async read(position: number, length: number): Promise<Buffer> {
    const buffer = Buffer.alloc(length);
    let done = 0;
    while (done < length) {
      const { bytesRead } = await this.handle
        .read(buffer, done, length - done, position + done)
        .catch((error: unknown) => {
          throw fromRead(error, this.path);
        });
      if (bytesRead === 0) throw sourceChanged(this.path, "it became shorter");
      done += bytesRead;
    }
    return buffer;
  }

  async checkUnchanged(): Promise<void> {
    const before = this.#opened;
    const now = await this.handle.stat({ bigint: true });
    if (now.size !== before.size || now.mtimeNs !== before.mtimeNs)
      throw sourceChanged(this.path, "it was written to");
    // Gone or replaced: what was read is whole, but no longer what the caller meant.
    const there = await this.#look(this.path, { bigint: true }).catch(() => undefined);
    if (there === undefined) throw sourceChanged(this.path, "it was removed");
    if (there.ino !== before.ino || there.dev !== before.dev)
      throw sourceChanged(this.path, "it was replaced");
  }

  async close(): Promise<void> {
    await this.handle.close();
  }
}

/** The source is no longer what it was. */
export function sourceChanged(path: string, how: string): ImageStoreError {
  return new ImageStoreError({
    code: "SOURCE_CHANGED",
    message: `${path} changed while it was read: ${how}`,
    hint: "Wait until whatever writes it has finished, then try again.",
    details: { path },
  });
}

/** An error of the system, met while reading the source. */
export function fromRead(error: unknown, path: string): ImageStoreError {
  if (ImageStoreError.is(error)) return error;
  const { code: errno, message } = error as NodeJS.ErrnoException;
  const details = { path, ...(errno === undefined ? {} : { errno }) };
  if (errno === "ENOENT" || errno === "ENOTDIR") {
    const hint = "Check the path; a build result may have been collected as garbage.";
    return new ImageStoreError({
      code: "SOURCE_NOT_FOUND",
      message: `${path} does not exist`,
      hint,
      details,
      cause: error,
    });
  }
  const reason = errno === "EACCES" || errno === "EPERM" ? "permission denied" : message.split("\n")[0];
  return new ImageStoreError({
    code: "SOURCE_UNREADABLE",
    message: `cannot read ${path}: ${reason}`,
    details,
    cause: error,
  });
}

async function notAFile(path: string, stats: BigIntStats): Promise<ImageStoreError> {
  const kind = kindOf(stats);
  const target = stats.isSymbolicLink() ? await realpath(path).catch(() => undefined) : undefined;
  return new ImageStoreError({
    code: "SOURCE_NOT_A_FILE",
    message: `${path} is a ${kind}, not an image file`,
    hint:
      target === undefined ? "Give the path of the image file itself." : `Give the file itself: ${target}`,
    details: { path, kind, ...(target === undefined ? {} : { target }) },
  });
}

function kindOf(stats: BigIntStats): string {
  if (stats.isSymbolicLink()) return "symbolic link";
  if (stats.isDirectory()) return "directory";
  if (stats.isFIFO()) return "FIFO";
  if (stats.isSocket()) return "socket";
  return "device";
}
