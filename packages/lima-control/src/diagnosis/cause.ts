import type { Evidence } from "./evidence.ts";

/** Why a start failed, in words that help. */
export interface Cause {
  /** Stable name, UPPER_SNAKE. */
  code: string;
  /** One line. */
  text: string;
  /** One imperative line. */
  hint: string;
  /** The line that says so. */
  evidence: string;
}

/** One known cause: looks through the evidence and says whether it is this one. */
export interface CauseRule {
  code: string;
  recognise(evidence: Evidence): Omit<Cause, "code"> | undefined;
}

/** The first line that one of the patterns matches. */
export function firstMatch(lines: readonly string[], ...patterns: readonly RegExp[]): string | undefined {
  return lines.find((line) => patterns.some((pattern) => pattern.test(line)));
}

/** All that the host's side said. */
export function hostLines(evidence: Evidence): string[] {
  return [...evidence.qemu, ...evidence.hostAgent, evidence.limactl];
}
