import { LimaControlError } from "./lima-control-error.ts";

/** The error of a call that its caller's signal ended. */
export function abortedError(what: string, signal: AbortSignal | undefined): LimaControlError {
  return new LimaControlError({ code: "ABORTED", message: `${what} was aborted`, cause: signal?.reason });
}

/** Throws {@link abortedError} when the signal is aborted already. */
export function throwIfAborted(what: string, signal: AbortSignal | undefined): void {
  if (signal?.aborted) throw abortedError(what, signal);
}
