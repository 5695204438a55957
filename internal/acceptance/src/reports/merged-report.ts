import type { Verdict } from "../check.ts";
import { countVerdicts, type Report } from "../report.ts";

/** The reports of several runs, as those of the cells of a matrix, as one. */
export interface MergedReport {
  schemaVersion: 1;
  kind: "merged";
  startedAt: string;
  /** From the first beginning to the last end. */
  seconds: number;
  verdict: Report["verdict"];
  counts: Record<Verdict, number>;
  parts: Report[];
}

/** One report of several; `parts` is not empty. */
export function mergeReports(parts: readonly Report[]): MergedReport {
  const beginnings = parts.map(({ startedAt }) => Date.parse(startedAt));
  const ends = parts.map(({ seconds }, index) => beginnings[index]! + seconds * 1000);
  const first = Math.min(...beginnings);
  const verdicts = parts.map(({ verdict }) => verdict);
  return {
    schemaVersion: 1,
    kind: "merged",
    startedAt: new Date(first).toISOString(),
    seconds: (Math.max(...ends) - first) / 1000,
    verdict: verdicts.includes("error") ? "error" : verdicts.includes("fail") ? "fail" : "pass",
    counts: countVerdicts(parts.flatMap(({ checks }) => checks)),
    parts: [...parts],
  };
}

/** The single reports of a report of either kind. */
export function partsOf(report: Report | MergedReport): Report[] {
  return "parts" in report ? report.parts : [report];
}

/** What a part is called beside others: its cell, or "default". */
export function partName({ cell }: Report): string {
  return cell?.id ?? "default";
}
