import type { CheckResult, Report } from "@sysinit-internal/acceptance";
import { isFlaky } from "@sysinit-internal/acceptance";
import { partName } from "@sysinit-internal/acceptance/reports";

import { plainLine, plainText } from "./plain-text.ts";

/** TAP 14 with YAML diagnostics under what is not ok; a check that could not be judged is not ok, with severity error. */
export function tapOf(reports: readonly Report[]): string {
  const lines = ["TAP version 14"];
  const points = reports.flatMap((report) => report.checks.map((check) => ({ report, check })));
  lines.push(`1..${points.length}`);
  let before: Report | undefined;
  for (const [index, { report, check }] of points.entries()) {
    if (report !== before) lines.push(...aboutPart(report, reports.length > 1));
    before = report;
    lines.push(...testPoint(index + 1, check));
  }
  return `${lines.join("\n")}\n`;
}

function aboutPart(report: Report, named: boolean): string[] {
  const { attempts = [], kept } = report;
  return [
    ...(named ? [`# cell ${plainLine(partName(report))}`] : []),
    ...attempts.map(
      ({ code, message }, index) =>
        `# attempt ${index + 1} could not be made: ${plainLine(message)} [${plainLine(code)}]`,
    ),
    ...(kept === undefined ? [] : [`# kept: ${plainLine(kept)}`]),
  ];
}

function testPoint(number: number, check: CheckResult): string[] {
  const { id, title, verdict, evidence, output, seconds } = check;
  const description = `${number} - ${escaped(id)}: ${escaped(title)}`;
  if (verdict === "pass") return [`ok ${description}`];
  if (verdict === "skip") return [`ok ${description} # SKIP ${escaped(evidence)}`];
  const diagnostics: [string, string | number | boolean][] = [
    ["severity", verdict],
    ["message", plainText(evidence)],
    ["duration_ms", Math.round(seconds * 1000)],
    ...(isFlaky(check) ? [["flaky", true] as [string, boolean]] : []),
    ...(output === undefined ? [] : [["output", plainText(output)] as [string, string]]),
  ];
  // Text in JSON's quotes is YAML too, and has no line breaks that could end the block.
  return [
    `not ok ${description}`,
    "  ---",
    ...diagnostics.map(([key, value]) => `  ${key}: ${JSON.stringify(value)}`),
    "  ...",
  ];
}

/** In a description # begins a directive; \ keeps it from that. */
function escaped(text: string): string {
  return plainLine(text).replaceAll("\\", "\\\\").replaceAll("#", "\\#");
}
