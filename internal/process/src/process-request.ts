import type { StopStep } from "./stop.ts";

/** One run of a program. */
export interface ProcessRequest {
  /** Program name or path; no shell is involved. */
  file: string;
  args: readonly string[];
  cwd?: string | undefined;
  /** The whole environment of the program; by default our own. */
  env?: Readonly<Record<string, string | undefined>> | undefined;
  /**
   * What the program reads on stdin, at its own pace when it is a stream; by default stdin is closed. A stream that has not
   * ended is destroyed when the program does.
   */
  input?: string | Uint8Array | AsyncIterable<Uint8Array> | undefined;
  /** "capture" (default) keeps the output, "inherit" hands our terminal to the program. */
  stdio?: "capture" | "inherit" | undefined;
  /** Called for all output as it comes. Nothing more of that stream is read before a returned promise is fulfilled. */
  onChunk?: ((chunk: Uint8Array, stream: "stdout" | "stderr") => void | Promise<void>) | undefined;
  /** Called for each line as it comes. */
  onLine?: ((line: string, stream: "stdout" | "stderr") => void) | undefined;
  /** Ends the program after this time; one that is too long for a timer, 24 days, is none. */
  timeoutMs?: number | undefined;
  /** Ends the program when aborted. */
  signal?: AbortSignal | undefined;
  /** How the program is ended by `timeoutMs` or `signal`. */
  stopSteps?: readonly StopStep[] | undefined;
  /** How much of the end of each stream is kept; 8 MiB by default. */
  maxOutputBytes?: number | undefined;
  /** Longest line given to `onLine`, in characters; 1 Mi by default. */
  maxLineLength?: number | undefined;
}
