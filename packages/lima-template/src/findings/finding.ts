import type { FindingCode } from "./codes.ts";

/** error: Lima refuses the template or does something else than written. warning: works, but often not as meant. */
export type Severity = "error" | "warning";

/** One thing to say about a template, with the place in the text. */
export interface Finding {
  severity: Severity;
  /** Stable; see `findingCodes`. */
  code: FindingCode;
  /** The value meant, such as `images[0].digest`. */
  path: string;
  /** What is wrong, on one line. */
  message: string;
  /** What to do about it, on one line. */
  hint?: string;
  /** The file as it was given; absent for text that came without one. */
  file?: string;
  /** First line is 1. */
  line: number;
  /** First column is 1, counted in UTF-16 units. */
  column: number;
  /** The line of the text, cut at 200 characters. */
  sourceLine: string;
}
