import { styleText } from "node:util";

import type { CheckResult, Report, Verdict } from "@sysinit-internal/acceptance";
import { formatSeconds, renderTable, safeLine } from "@sysinit-internal/terminal";

const colours = { pass: "green", fail: "red", error: "red", skip: "yellow" } as const satisfies Record<
  Verdict,
  string
>;

/** The report for a person: every row with its verdict, time and evidence, then where the time went. */
export function tableOf(report: Report): string {
  const table = renderTable<CheckResult>(
    [
      {
        title: "VERDICT",
        text: ({ verdict }) => styleText(colours[verdict], verdict, { stream: process.stdout }),
      },
      { title: "ROW", text: ({ id }) => id },
      { title: "SECONDS", text: ({ seconds }) => seconds.toFixed(1), align: "right" },
      { title: "EVIDENCE", text: ({ evidence }) => safeLine(evidence.split("\n").join(" · ")).slice(0, 120) },
    ],
    report.checks,
  );
  const { pass, fail, skip, error } = report.counts;
  const steps = report.timeline.map(({ step, seconds }) => `${step} ${formatSeconds(seconds)}`).join(", ");
  return `${table}\n\n${pass} passed, ${fail} failed, ${error} not judged, ${skip} skipped in ${formatSeconds(report.seconds)}\n${steps}`;
}
