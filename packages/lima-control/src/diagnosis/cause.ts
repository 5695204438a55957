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
  /** One line; the same for every case of it. */
  text: string;
  /**
   * A start that shows this cause for so long will not succeed any more, and is ended. Without it the start is waited
   * for to its end.
   */
  hopelessAfterMs?: number | undefined;
  recognise(evidence: Evidence): Pick<Cause, "hint" | "evidence"> | undefined;
}

/** A cause that one line tells: the first of those lines that one of the patterns matches. */
export function toldByLine(rule: {
  code: string;
  text: string;
  hint: string | ((line: string) => string);
  lines: (evidence: Evidence) => readonly string[];
  patterns: readonly RegExp[];
  hopelessAfterMs?: number;
}): CauseRule {
  const { code, text, hint, lines, patterns, hopelessAfterMs } = rule;
  return {
    code,
    text,
    hopelessAfterMs,
    recognise(evidence) {
      const line = lines(evidence).find((each) => patterns.some((pattern) => pattern.test(each)));
      if (line === undefined) return undefined;
      return { hint: typeof hint === "string" ? hint : hint(line), evidence: line };
    },
  };
}

/** All that the host's side said. */
export function hostLines(evidence: Evidence): string[] {
  return [...evidence.qemu, ...evidence.hostAgent, evidence.limactl];
}

/** What the serial consoles show. */
export function consoleLines(evidence: Evidence): readonly string[] {
  return evidence.console;
}

/** What the last try to reach the guest gave. */
export function lastTry(evidence: Evidence): readonly string[] {
  return evidence.tries.slice(-1);
}
