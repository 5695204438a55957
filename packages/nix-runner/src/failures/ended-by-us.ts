import type { Failure } from "./failure.ts";

/** The caller's signal ended the build. */
export function wasAborted(installable: string): Failure {
  return { code: "ABORTED", message: `building ${installable} was aborted` };
}

/** The caller's time limit did. */
export function tookTooLong(installable: string, timeoutMs: number): Failure {
  return {
    code: "TIMEOUT",
    message: `building ${installable} took longer than ${timeoutMs / 1000} s and was ended`,
    hint: "allow more time (timeoutMs)",
    details: { kind: "total", limitMs: timeoutMs },
  };
}
