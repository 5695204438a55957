import type { CheckResult, Report } from "@sysinit-internal/acceptance";
import { mergeReports, partName } from "@sysinit-internal/acceptance/reports";

import { escapedMarkup } from "./plain-text.ts";

/**
 * JUnit XML as GitLab, GitHub actions and Jenkins read it: one suite per section, and per cell where there are several;
 * `failure` for a check that failed, `error` for one that could not be made. Tries before the last one are properties.
 */
export function junitOf(reports: readonly Report[]): string {
  const { counts, seconds } = mergeReports(reports);
  const tests = Object.values(counts).reduce((sum, count) => sum + count, 0);
  const suites = reports.flatMap((report) => suitesOf(report, reports.length > 1));
  return `<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="lima-ci" tests="${tests}" failures="${counts.fail}" errors="${counts.error}" skipped="${counts.skip}" time="${seconds.toFixed(3)}">
${suites.join("\n")}
</testsuites>
`;
}

function suitesOf(report: Report, named: boolean): string[] {
  const sections = [...new Set(report.checks.map(({ section }) => section))];
  return sections.map((section) => {
    const cases = report.checks.filter((check) => check.section === section);
    const name = named ? `${partName(report)}: ${section}` : section;
    return suite(name, cases, report);
  });
}

function suite(name: string, cases: readonly CheckResult[], { startedAt, attempts = [] }: Report): string {
  const count = (verdict: CheckResult["verdict"]) =>
    cases.filter((check) => check.verdict === verdict).length;
  const time = cases.reduce((sum, { seconds }) => sum + seconds, 0).toFixed(3);
  const tries = attempts.map(
    ({ code, message }, index) =>
      `      <property name="attempt ${index + 1}" value="${escaped(`${code}: ${message}`)}"/>\n`,
  );
  const properties = tries.length === 0 ? "" : `    <properties>\n${tries.join("")}    </properties>\n`;
  return `  <testsuite name="${escaped(name)}" tests="${cases.length}" failures="${count("fail")}" errors="${count("error")}" skipped="${count("skip")}" time="${time}" timestamp="${startedAt}">
${properties}${cases.map(testCase).join("\n")}
  </testsuite>`;
}

function testCase({ id, title, seconds, verdict, evidence, output }: CheckResult): string {
  const open = `    <testcase classname="${escaped(id)}" name="${escaped(title)}" time="${seconds.toFixed(3)}">`;
  const said = escaped(evidence);
  const more = output === undefined ? "" : `<system-out>${escaped(output)}</system-out>`;
  const body = {
    pass: `<system-out>${said}</system-out>`,
    fail: `<failure message="${said}"/>${more}`,
    error: `<error message="${said}"/>${more}`,
    skip: `<skipped message="${said}"/>`,
  }[verdict];
  return `${open}${body}</testcase>`;
}

/** A newline in an attribute reads as a space unless it is written as a reference. */
function escaped(text: string): string {
  return escapedMarkup(text).replaceAll("\n", "&#10;");
}
