import { constants } from "node:os";

/** The reason that an interrupted run's AbortSignal carries. */
export class Interrupted extends Error {
  readonly signal: NodeJS.Signals;

  constructor(signal: NodeJS.Signals) {
    super(`interrupted by ${signal}`);
    this.name = "Interrupted";
    this.signal = signal;
  }

  get exitCode(): number {
    return 128 + constants.signals[this.signal];
  }
}

// A terminal sends Ctrl-C to the whole process group and wrappers such as pnpm pass it on once more: one press, not two.
const samePressMs = 300;

/** Deals with a signal in place of the abort, and says whether it did. */
export type Interceptor = (signal: NodeJS.Signals) => boolean;

export interface Interrupts {
  signal: AbortSignal;
  /** While the returned function has not been called, signals go to the interceptor first. */
  intercept(interceptor: Interceptor): () => void;
}

/**
 * First signal: aborts, so that what was begun can be cleaned up. Second: leaves at once.
 * `onFirst` tells the person that cleaning up has begun.
 */
export function listenForInterrupts(onFirst: (signal: NodeJS.Signals) => void): Interrupts {
  const controller = new AbortController();
  let firstAt: number | undefined;
  let interceptor: Interceptor | undefined;
  const listener = (signal: NodeJS.Signals) => {
    if (firstAt === undefined && interceptor?.(signal) === true) return;
    if (firstAt === undefined) {
      firstAt = performance.now();
      onFirst(signal);
      controller.abort(new Interrupted(signal));
    } else if (performance.now() - firstAt > samePressMs) {
      process.exit(new Interrupted(signal).exitCode);
    }
  };
  const signals: NodeJS.Signals[] = ["SIGINT", "SIGTERM", "SIGHUP"];
  for (const name of signals) process.on(name, listener);
  return {
    signal: controller.signal,
    intercept(wanted) {
      interceptor = wanted;
      return () => (interceptor = undefined);
    },
  };
}
