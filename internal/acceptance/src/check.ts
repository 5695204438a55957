import type { CheckContext } from "./context.ts";

/** pass and fail are the check's own judgement; skip: it does not apply here; error: it could not be judged. */
export type Verdict = "pass" | "fail" | "skip" | "error";

/** The headings of the acceptance criteria in the product requirements. */
export type Section =
  "File Structure" | "Flake Integration" | "Image Building" | "VM Functionality" | "Documentation";

/** When a check can be made. */
export type Stage = "project" | "image" | "guest";

/** One acceptance row. */
export interface Check {
  /** Stable, for reports and `--only`: "vm.whoami". */
  id: string;
  section: Section;
  /** The row as the requirements state it. */
  title: string;
  stage: Stage;
  /** Ends after this time with verdict error; 60 s by default. */
  timeoutMs?: number;
  run(context: CheckContext): Promise<Judgement>;
}

export interface Judgement {
  verdict: Verdict;
  /** What was seen, in one or a few lines. */
  evidence: string;
}

export interface CheckResult extends Judgement {
  id: string;
  section: Section;
  title: string;
  seconds: number;
}

export const pass = (evidence: string): Judgement => ({ verdict: "pass", evidence });
export const fail = (evidence: string): Judgement => ({ verdict: "fail", evidence });
export const skip = (evidence: string): Judgement => ({ verdict: "skip", evidence });
