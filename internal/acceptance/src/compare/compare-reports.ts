import type { CheckResult } from "../check.ts";
import type { Report } from "../report.ts";
import { partName } from "../reports/merged-report.ts";
import { regressions, type Change, type Comparison } from "./comparison.ts";
import { judgeCheck } from "./judge-check.ts";
import { judgeSize } from "./judge-size.ts";
import { judgeTimes, leastMeasurements } from "./judge-times.ts";

/** How the parts of HEAD differ from those of BASE, cell by cell. The rules are in the judges, one a file. */
export function compareReports(base: readonly Report[], head: readonly Report[]): Comparison {
  const changes: Change[] = [];
  const notes: string[] = [];
  for (const part of base) {
    const cell = partName(part);
    if (!head.some((other) => partName(other) === cell)) notes.push(`cell ${cell} is only in BASE`);
  }
  for (const part of head) {
    const cell = partName(part);
    const before = base.find((other) => partName(other) === cell);
    if (before === undefined) notes.push(`cell ${cell} is only in HEAD`);
    else {
      const compared = comparePart(before, part);
      changes.push(...compared.changes.map((change) => ({ cell, ...change })));
      notes.push(...compared.notes.map((note) => `${cell}: ${note}`));
    }
  }
  const worse = changes.some(({ kind }) => regressions.has(kind));
  return { schemaVersion: 1, verdict: worse ? "worse" : "not worse", changes, notes };
}

function comparePart(base: Report, head: Report): { changes: Omit<Change, "cell">[]; notes: string[] } {
  const changes: Omit<Change, "cell">[] = [];
  const notes: string[] = [];
  const ids = [...new Set([...head.checks, ...base.checks].map(({ id }) => id))];
  const find = ({ checks }: Report, id: string) => checks.find((check) => check.id === id);
  for (const id of ids) {
    const [before, now] = [find(base, id), find(head, id)];
    const kind = judgeCheck(before, now);
    if (kind !== undefined) changes.push({ kind, what: id, text: `${outcome(before)} → ${outcome(now)}` });
  }

  const [was, is] = [base.facts.accelerator?.kind, head.facts.accelerator?.kind];
  if (was !== is) notes.push(`times are not compared: BASE ran under ${was ?? "?"}, HEAD under ${is ?? "?"}`);
  else {
    const series: [what: string, base: number[], head: number[]][] = [
      ["boot", base.measurements?.bootSeconds ?? [], head.measurements?.bootSeconds ?? []],
    ];
    for (const id of ids) {
      const [before, now] = [find(base, id), find(head, id)];
      if (before?.rounds && now?.rounds && !isBoot(id)) series.push([id, times(before), times(now)]);
    }
    for (const [what, before, now] of series) {
      if (before.length === 0 || now.length === 0) continue;
      const { verdict, baseSeconds, headSeconds, noiseSeconds } = judgeTimes(before, now);
      const text = `${baseSeconds.toFixed(1)} s → ${headSeconds.toFixed(1)} s`;
      if (verdict === "slower" || verdict === "faster")
        changes.push({ kind: verdict, what, text: `${text}, noise ${noiseSeconds.toFixed(1)} s` });
      if (verdict === "not measured often enough" && what === "boot")
        notes.push(
          `${what} ${text}: not judged, measured ${before.length} and ${now.length} times; run both with --repeat ${leastMeasurements} or more`,
        );
    }
  }

  const [before, now] = [base.measurements?.imageBytes, head.measurements?.imageBytes];
  if (before !== undefined && now !== undefined) {
    const kind = judgeSize(before, now);
    if (kind !== "same")
      changes.push({ kind, what: "image", text: `${mebibytes(before)} → ${mebibytes(now)}` });
  }
  return { changes, notes };
}

/** The times of the rounds in which a check passed: how long a failure takes says nothing about speed. */
function times({ rounds = [] }: CheckResult): number[] {
  return rounds.filter(({ verdict }) => verdict === "pass").map(({ seconds }) => seconds);
}

function outcome(result: CheckResult | undefined): string {
  if (result === undefined) return "not there";
  const { rounds = [], verdict, evidence } = result;
  const passed = rounds.filter((round) => round.verdict === "pass").length;
  const often = rounds.length > 1 ? ` (passed ${passed} of ${rounds.length})` : "";
  return `${verdict}${often}${verdict === "fail" || verdict === "error" ? `: ${evidence.split("\n")[0]}` : ""}`;
}

function mebibytes(bytes: number): string {
  return `${(bytes / 1024 ** 2).toFixed(1)} MiB`;
}

/** Rows whose time is that of the boot, which is compared as such. */
function isBoot(id: string): boolean {
  return id === "vm.start" || id === "vm.boot-time";
}
