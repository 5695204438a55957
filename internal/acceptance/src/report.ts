import type { BootTimeline } from "./boot/boot-timeline.ts";
import type { CheckResult, Verdict } from "./check.ts";
import { rows as requirementRows, type Row } from "./rows.ts";

/** What an acceptance run was made of. */
export interface RunFacts {
  instance: string;
  /** Version by tool: lima, nix, node. */
  versions: Readonly<Record<string, string>>;
  accelerator: { kind: string; hardware: boolean; reason: string };
  image?: {
    name: string;
    generation: number;
    sha256: string;
    file: string;
    installable?: string;
    why: string;
  };
}

/** A step of the run with its time. */
export interface TimelineEntry {
  step: string;
  seconds: number;
}

/** The cell of a suite's matrix that a run was. */
export interface ReportedCell {
  id: string;
  image?: string;
  lima?: string;
  vmType?: string;
  arch?: string;
}

/** A try that ended because the run could not be made, before the one that is reported. */
export interface FailedAttempt {
  code: string;
  message: string;
  seconds: number;
}

/** A part of a log, for whoever reads a report. */
export interface Excerpt {
  title: string;
  text: string;
}

/** What stopped a run that could not be finished. */
export interface RunFailure {
  code: string;
  message: string;
  hint?: string;
}

/** The outcome of an acceptance run as plain data. */
export interface Report {
  schemaVersion: 1;
  startedAt: string;
  seconds: number;
  /** fail: a check failed. error: the run could not be finished. */
  verdict: "pass" | "fail" | "error";
  counts: Record<Verdict, number>;
  facts: Partial<RunFacts>;
  timeline: TimelineEntry[];
  /** One entry per row, in the order of the requirements or of the suite. */
  checks: CheckResult[];
  /** The suite that was run; absent in a run of the project's own rows. */
  suite?: { name: string; file: string };
  cell?: ReportedCell;
  /** How often the VM part was made, when more than once. */
  rounds?: number;
  /** One number per round, in seconds; the size of the image in bytes. */
  measurements?: { bootSeconds: number[]; imageBytes?: number };
  /** How the VM of the first round came up. */
  boot?: BootTimeline;
  /** Tries before this one; only those are made again that could not be made at all. */
  attempts?: FailedAttempt[];
  failure?: RunFailure;
  excerpts?: Excerpt[];
  /** The line that leads into the VM that was kept. */
  kept?: string;
}

type Extras = Pick<
  Report,
  "suite" | "cell" | "rounds" | "measurements" | "boot" | "attempts" | "failure" | "excerpts" | "kept"
>;

/** Puts the results in the order of the rows; a row that was not reached is there too, as an error that says so. */
export function makeReport(
  run: {
    startedAt: Date;
    seconds: number;
    facts: Partial<RunFacts>;
    timeline: TimelineEntry[];
    results: readonly CheckResult[];
    /** Those of the requirements by default. */
    rows?: readonly Row[];
    /** Which rows the run was to judge. */
    wanted?: (row: Row) => boolean;
  } & Extras,
): Report {
  const { startedAt, seconds, facts, timeline, results, rows = requirementRows, wanted, ...extras } = run;
  const byId = new Map(results.map((result) => [result.id, result]));
  const checks = rows
    .filter(wanted ?? (() => true))
    .map(
      (row): CheckResult =>
        byId.get(row.id) ?? { ...row, verdict: "error", seconds: 0, evidence: "not reached" },
    );
  const counts = countVerdicts(checks);
  return {
    schemaVersion: 1,
    startedAt: startedAt.toISOString(),
    seconds,
    verdict: counts.error > 0 ? "error" : counts.fail > 0 ? "fail" : "pass",
    counts,
    facts,
    timeline,
    checks,
    ...extras,
  };
}

export function countVerdicts(checks: readonly Pick<CheckResult, "verdict">[]): Record<Verdict, number> {
  const count = (verdict: Verdict) => checks.filter((check) => check.verdict === verdict).length;
  return { pass: count("pass"), fail: count("fail"), skip: count("skip"), error: count("error") };
}
