/** What is left of a build. */
export interface RemainingWork {
  leftBytes: number;
  bytesPerSecond: number | undefined;
  running: readonly { elapsedMs: number; usualMs?: number | undefined }[];
  /** Usual times of the derivations that were not begun. */
  waiting: Iterable<number | undefined>;
}

/**
 * How long it will take: downloads at their present speed, then builds at their usual time, as many at once as are running now.
 * Undefined when there is nothing to do, or something of which nobody knows how long it takes.
 */
export function remainingMs({
  leftBytes,
  bytesPerSecond,
  running,
  waiting,
}: RemainingWork): number | undefined {
  if (leftBytes > 0 && !bytesPerSecond) return undefined;
  const downloadMs = leftBytes === 0 ? 0 : (leftBytes / bytesPerSecond!) * 1000;
  let longestMs = 0;
  let sumMs = 0;
  let isIdle = leftBytes === 0 && running.length === 0;
  for (const { elapsedMs, usualMs } of running) {
    if (usualMs === undefined) return undefined;
    const left = Math.max(0, usualMs - elapsedMs);
    longestMs = Math.max(longestMs, left);
    sumMs += left;
  }
  for (const usualMs of waiting) {
    if (usualMs === undefined) return undefined;
    sumMs += usualMs;
    isIdle = false;
  }
  if (isIdle) return undefined;
  return Math.round(downloadMs + Math.max(longestMs, sumMs / Math.max(1, running.length)));
}
