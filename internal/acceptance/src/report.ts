import type { CheckResult, Verdict } from "./check.ts";
import { rows, type Row } from "./rows.ts";

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
  /** One entry per row of the requirements, in their order. */
  checks: CheckResult[];
}

/** Puts the results in the order of the requirements; a row that was not reached is there too, as an error that says so. */
export function makeReport(run: {
  startedAt: Date;
  seconds: number;
  facts: Partial<RunFacts>;
  timeline: TimelineEntry[];
  results: readonly CheckResult[];
  /** Which rows the run was to judge. */
  wanted?: (row: Row) => boolean;
}): Report {
  const byId = new Map(run.results.map((result) => [result.id, result]));
  const checks = rows
    .filter(run.wanted ?? (() => true))
    .map(
      (row): CheckResult =>
        byId.get(row.id) ?? { ...row, verdict: "error", seconds: 0, evidence: "not reached" },
    );
  const count = (verdict: Verdict) => checks.filter((check) => check.verdict === verdict).length;
  const counts = { pass: count("pass"), fail: count("fail"), skip: count("skip"), error: count("error") };
  return {
    schemaVersion: 1,
    startedAt: run.startedAt.toISOString(),
    seconds: run.seconds,
    verdict: counts.error > 0 ? "error" : counts.fail > 0 ? "fail" : "pass",
    counts,
    facts: run.facts,
    timeline: run.timeline,
    checks,
  };
}
