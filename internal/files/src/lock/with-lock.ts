import { unlink } from "node:fs/promises";
import { setTimeout as sleep } from "node:timers/promises";

import { FilesError } from "../files-error.ts";
import { isSameProcessAlive } from "../processes/process-identity.ts";
import { sweepLockLitter } from "./sweep-lock-litter.ts";
import { createLockFile, ourLockContent, readLockFile, takeoverPath, type FoundLock } from "./lock-file.ts";

export interface LockOptions {
  /** Ends the waiting; what it rejects with is the reason of the signal. */
  signal?: AbortSignal | undefined;
  /** How long to wait for another process; without it for as long as that process lives. */
  timeoutMs?: number | undefined;
  /**
   * Go on without a lock where the disk has no room for one: for work that makes room. Another's lock is waited for all the
   * same.
   */
  goOnWhenFull?: boolean | undefined;
  /** Called when the waiting begins, and again whenever another process turns out to hold the lock. */
  onWait?: ((holderPid: number | undefined) => void) | undefined;
}

const pollMs = 100;
// A lock file is made with its content in it, or (without hard links) gets it within milliseconds. One that stays
// unreadable for this long was cut off by a crash.
const unreadableGraceMs = 2_000;

/**
 * Runs `fn` while holding a lock that other processes, and other calls in this one, respect. Node has no flock: the lock
 * is a file that names its owner. The lock of a process that is gone is taken over; that of a living one, or of one on
 * another machine, never is. Not reentrant.
 *
 * @throws FilesError LOCK_TIMEOUT
 */
export async function withLock<Result>(
  path: string,
  options: LockOptions,
  fn: () => Promise<Result>,
): Promise<Result> {
  const release = await takeLock(path, options);
  try {
    return await fn();
  } finally {
    await release();
  }
}

/** Takes the same lock, for a caller that gives it back by what this returns; a second time does nothing. */
export async function takeLock(path: string, options: LockOptions): Promise<() => Promise<void>> {
  const nonce = await acquire(path, options);
  return () => removeIfStill(path, nonce);
}

async function acquire(path: string, options: LockOptions): Promise<string> {
  const startedAt = performance.now();
  const content = await ourLockContent();
  let seen: { nonce: string; atMs: number; announced: boolean } | undefined;
  for (;;) {
    options.signal?.throwIfAborted();
    const found = await readLockFile(path);
    if (found === undefined) {
      try {
        if (!(await createLockFile(path, content))) continue;
      } catch (error) {
        if (options.goOnWhenFull === true && isFull(error)) return content.nonce;
        throw error;
      }
      await sweepLockLitter(path);
      return content.nonce;
    }
    const now = performance.now();
    if (seen?.nonce !== found.nonce) seen = { nonce: found.nonce, atMs: now, announced: false };
    if (await isStale(found, now - seen.atMs)) {
      await takeAway(path, found.nonce, options);
      continue;
    }
    if (options.timeoutMs !== undefined && now - startedAt >= options.timeoutMs) {
      throw lockTimeout(path, found, options.timeoutMs);
    }
    if (!seen.announced) options.onWait?.(found.owner?.pid);
    seen.announced = true;
    await sleep(pollMs * (0.5 + Math.random()), undefined, { signal: options.signal }).catch(() => {});
  }
}

function isFull(error: unknown): boolean {
  const { code } = error as NodeJS.ErrnoException;
  return code === "ENOSPC" || code === "EDQUOT";
}

async function isStale(found: FoundLock, seenForMs: number): Promise<boolean> {
  return found.owner === undefined
    ? seenForMs >= unreadableGraceMs
    : !(await isSameProcessAlive(found.owner));
}

/**
 * Removes a stale lock. Of several that find it stale only one may remove it, and only while it is still the one that
 * was found stale, else a slow one removes the lock that a fast one has made meanwhile. So the right to remove it is a
 * lock as well, named by the nonce of the stale one.
 */
async function takeAway(path: string, nonce: string, options: LockOptions): Promise<void> {
  await withLock(takeoverPath(path, nonce), { signal: options.signal, timeoutMs: options.timeoutMs }, () =>
    removeIfStill(path, nonce),
  );
}

async function removeIfStill(path: string, nonce: string): Promise<void> {
  if ((await readLockFile(path))?.nonce !== nonce) return;
  await unlink(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== "ENOENT") throw error;
  });
}

function lockTimeout(path: string, found: FoundLock, timeoutMs: number): FilesError {
  const holder =
    found.owner === undefined ? "an unknown process" : `process ${found.owner.pid} on ${found.owner.host}`;
  return new FilesError({
    code: "LOCK_TIMEOUT",
    message: `${path} is locked by ${holder}, waited ${Math.round(timeoutMs / 1000)} s`,
    hint: "Let it finish, or end it; if no such process runs anywhere, remove the lock file.",
    details: { path, ...(found.owner === undefined ? {} : { holder: found.owner }) },
  });
}
