import { styleText } from "node:util";

import { isFlaky, type CheckResult, type Report, type Verdict } from "@sysinit-internal/acceptance";
import { partName } from "@sysinit-internal/acceptance/reports";
import { formatSeconds, renderTable } from "@sysinit-internal/terminal";

import { plainLine } from "./plain-text.ts";

const colours = { pass: "green", fail: "red", error: "red", skip: "yellow" } as const satisfies Record<
  Verdict,
  string
>;

/** The report for a person: every row with its verdict, time and evidence, then where the time went. */
export function tableOf(reports: readonly Report[], width?: number): string {
  return reports.map((report) => partTable(report, reports.length > 1, width)).join("\n\n");
}

function partTable(report: Report, named: boolean, width?: number): string {
  const table = renderTable<CheckResult>(
    [
      { title: "VERDICT", text: verdictOf },
      { title: "ROW", text: ({ id }) => plainLine(id) },
      { title: "SECONDS", text: ({ seconds }) => seconds.toFixed(1), align: "right" },
      {
        title: "EVIDENCE",
        text: ({ evidence }) => plainLine(evidence.trim().replaceAll("\n", " · ")).slice(0, 120),
      },
    ],
    report.checks,
    width,
  );
  const { pass, fail, skip, error } = report.counts;
  const { attempts = [], measurements, rounds } = report;
  const steps = report.timeline
    .map(({ step, seconds }) => `${plainLine(step)} ${formatSeconds(seconds)}`)
    .join(", ");
  const boots = measurements?.bootSeconds.map((seconds) => formatSeconds(seconds)).join(", ");
  return [
    ...(named ? [`cell ${plainLine(partName(report))}`] : []),
    table,
    "",
    `${pass} passed, ${fail} failed, ${error} not judged, ${skip} skipped in ${formatSeconds(report.seconds)}`,
    ...attempts.map(
      ({ code, message }, index) =>
        `attempt ${index + 1} could not be made and was made again: ${plainLine(message)} [${code}]`,
    ),
    ...(rounds === undefined ? [] : [`${rounds} rounds; boots: ${boots}`]),
    steps,
  ].join("\n");
}

function verdictOf(check: CheckResult): string {
  const text = isFlaky(check) ? `${check.verdict} (flaky)` : check.verdict;
  return styleText(colours[check.verdict], text, { stream: process.stdout });
}
