import type { CheckContext } from "./context.ts";

/** pass and fail are the check's own judgement; skip: it does not apply here; error: it could not be judged. */
export type Verdict = "pass" | "fail" | "skip" | "error";

/** When a check can be made. */
export type Stage = "project" | "image" | "guest";

/** One acceptance row. */
export interface Check {
  /** Stable, for reports and `--only`: "vm.whoami". */
  id: string;
  /** The heading under which reports show it; those of the product requirements for our own rows. */
  section: string;
  /** The row as the requirements, or the suite, state it. */
  title: string;
  stage: Stage;
  /** Ends after this time with verdict error; 60 s by default. */
  timeoutMs?: number;
  /** Checks that must have passed; when one has not, this one is skipped. They stand before it. */
  needs?: readonly string[];
  /** Checks of one group are made at the same time, where the first of them stands. */
  group?: string;
  /** Where it is written down, for annotations. */
  source?: CheckSource;
  run(context: CheckContext): Promise<Judgement>;
}

export interface CheckSource {
  file: string;
  line: number;
}

export interface Judgement {
  verdict: Verdict;
  /** What was seen, in one or a few lines. */
  evidence: string;
  /** The end of what was printed, for a reader who wants more than the evidence. */
  output?: string;
}

/** One of several makings of a check, in a run that is repeated. */
export interface CheckRound {
  verdict: Verdict;
  seconds: number;
}

export interface CheckResult extends Judgement {
  id: string;
  section: string;
  title: string;
  seconds: number;
  source?: CheckSource;
  /** One entry per round of a run that was repeated; absent where there was one round. */
  rounds?: CheckRound[];
}

export const pass = (evidence: string): Judgement => ({ verdict: "pass", evidence });
export const fail = (evidence: string): Judgement => ({ verdict: "fail", evidence });
export const skip = (evidence: string): Judgement => ({ verdict: "skip", evidence });
