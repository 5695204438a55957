import { FilesError } from "@sysinit-internal/files";

import { ImageStoreError } from "./image-store-error.ts";

const advice = {
  DISK_FULL: "Free space there, or choose another directory.",
  DIRECTORY_NOT_WRITABLE: "Check who owns the directory and whether its file system is mounted read-only.",
} as const;

/** An error of the operating system, met while working in the store, as one of ours. Ours pass unchanged. */
export function fromSystem(error: unknown, doing: string, path: string): ImageStoreError {
  if (ImageStoreError.is(error)) return error;
  const { code: errno, message } = error as NodeJS.ErrnoException;
  const code = codeFor(errno);
  return new ImageStoreError({
    code,
    message: `cannot ${doing} ${path}: ${describe(errno) ?? message.split("\n")[0]}`,
    hint: code in advice ? advice[code as keyof typeof advice] : undefined,
    details: { path, ...(errno === undefined ? {} : { errno }) },
    cause: error,
  });
}

/** An error of the operating system, met while only reading in the store. */
export function fromStoreRead(error: unknown, path: string): ImageStoreError {
  const { code: errno, message } = error as NodeJS.ErrnoException;
  return new ImageStoreError({
    code: "IO_FAILED",
    message: `cannot read ${path}: ${describe(errno) ?? message.split("\n")[0]}`,
    hint: "Check who owns it.",
    details: { path, ...(errno === undefined ? {} : { errno }) },
    cause: error,
  });
}

/** A lock that could not be had. */
export function fromLock(error: unknown, signal: AbortSignal | undefined): unknown {
  if (FilesError.is(error, "LOCK_TIMEOUT")) {
    const { message, hint, details } = error;
    return new ImageStoreError({
      code: "LOCKED",
      message: `the image store is busy: ${message}`,
      hint,
      details,
      cause: error,
    });
  }
  return signal?.aborted && error === signal.reason ? aborted(signal) : error;
}

/** The caller's signal ended the work. */
export function aborted(signal: AbortSignal): ImageStoreError {
  return new ImageStoreError({
    code: "ABORTED",
    message: "stopped before it was done",
    cause: signal.reason,
  });
}

export function throwIfAborted(signal: AbortSignal | undefined): void {
  if (signal?.aborted) throw aborted(signal);
}

function codeFor(errno: string | undefined) {
  switch (errno) {
    case "ENOSPC":
    case "EDQUOT":
    case "EFBIG":
      return "DISK_FULL";
    case "EACCES":
    case "EPERM":
    case "EROFS":
    case "ENOTDIR":
    case "EEXIST":
      return "DIRECTORY_NOT_WRITABLE";
    default:
      return "IO_FAILED";
  }
}

function describe(errno: string | undefined): string | undefined {
  switch (errno) {
    case "ENOSPC":
      return "no space, or no inodes, left on its file system";
    case "EDQUOT":
      return "the disk quota is used up";
    case "EFBIG":
      return "the file is larger than its file system or the limits of this process allow";
    case "EACCES":
    case "EPERM":
      return "permission denied";
    case "EROFS":
      return "its file system is read-only";
    case "ENOTDIR":
    case "EEXIST":
      return "a part of the path is not a directory";
    case "EIO":
      return "input/output error of the disk";
    default:
      return undefined;
  }
}
