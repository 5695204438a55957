import { setTimeout as sleep } from "node:timers/promises";

import { aborted, throwIfAborted } from "../../errors/from-system.ts";
import { ImageStoreError } from "../../errors/image-store-error.ts";
import type { Emit } from "../../events/emitter.ts";
import { TransientFailure } from "./transient-failure.ts";

export interface RetryOptions {
  /** How often something is tried again. */
  retries: number;
  /** Wait before the first retry; doubled for each one after it, with some chance in it. */
  retryDelayMs: number;
  signal: AbortSignal | undefined;
  emit: Emit;
}

const longestDelayMs = 30_000;
// What a server asks for is done, but nobody wants to sit before a prompt for longer.
const longestAskedMs = 5 * 60_000;

/**
 * Does work again after each {@link TransientFailure}, with growing waits or the one that the server asked for.
 *
 * @param doing What is told to have failed, as "download https://…".
 * @param hasProgressed Asked after a failure: what came further than before has all its retries again.
 * @throws ImageStoreError REMOTE_FAILED, ABORTED, and what `work` throws
 */
export async function withRetries<Result>(
  doing: string,
  options: RetryOptions,
  work: () => Promise<Result>,
  hasProgressed: () => boolean = () => false,
): Promise<Result> {
  for (let attempt = 1; ; attempt++) {
    throwIfAborted(options.signal);
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof TransientFailure)) throw error;
      if (hasProgressed()) attempt = 1;
      if (attempt > options.retries) throw exhausted(doing, attempt, error);
      if ((error.retryAfterMs ?? 0) > longestAskedMs) throw tooLong(doing, error);
      const delayMs = Math.round(error.retryAfterMs ?? delayBefore(attempt, options.retryDelayMs));
      options.emit({ type: "retry", attempt, retries: options.retries, delayMs, reason: error.message });
      await sleep(delayMs, undefined, { signal: options.signal }).catch(() => {
        throw aborted(options.signal!);
      });
    }
  }
}

// Half of it is chance, so that many clients that failed together do not come back together.
function delayBefore(attempt: number, firstMs: number): number {
  return Math.min(longestDelayMs, firstMs * 2 ** (attempt - 1)) * (0.5 + Math.random() / 2);
}

function exhausted(doing: string, attempts: number, failure: TransientFailure): ImageStoreError {
  return new ImageStoreError({
    code: "REMOTE_FAILED",
    message: `cannot ${doing}: ${failure.message}, ${attempts === 1 ? "at the only attempt" : `at the last of ${attempts} attempts`}`,
    hint: "Check the network and the proxy settings, then try again; what has come so far is kept.",
    details: { ...failure.details, attempts },
    cause: failure.cause ?? failure,
  });
}

function tooLong(doing: string, failure: TransientFailure): ImageStoreError {
  const seconds = Math.ceil(failure.retryAfterMs! / 1000);
  return new ImageStoreError({
    code: "REMOTE_FAILED",
    message: `cannot ${doing}: ${failure.message}, and the server asks to wait ${seconds} s`,
    hint: "Try again after that time; what has come so far is kept.",
    details: { ...failure.details, retryAfterMs: failure.retryAfterMs },
    cause: failure,
  });
}
