import { stripVTControlCharacters } from "node:util";

import type { CheckResult, Report } from "@sysinit-internal/acceptance";

import { writeReportFile } from "./write-report-file.ts";

export async function writeJunit(file: string, report: Report): Promise<void> {
  await writeReportFile(file, junitOf(report));
}

/**
 * JUnit XML as GitLab, GitHub actions and Jenkins read it: one suite per section, `failure` for a check that failed,
 * `error` for one that could not be made.
 */
export function junitOf(report: Report): string {
  const sections = [...new Set(report.checks.map(({ section }) => section))];
  const suites = sections.map((section) => suite(section, report));
  const { counts, seconds } = report;
  return `<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="lima-ci" tests="${report.checks.length}" failures="${counts.fail}" errors="${counts.error}" skipped="${counts.skip}" time="${seconds.toFixed(3)}">
${suites.join("\n")}
</testsuites>
`;
}

function suite(section: string, report: Report): string {
  const cases = report.checks.filter((check) => check.section === section);
  const count = (verdict: CheckResult["verdict"]) =>
    cases.filter((check) => check.verdict === verdict).length;
  const time = cases.reduce((sum, { seconds }) => sum + seconds, 0).toFixed(3);
  return `  <testsuite name="${escaped(section)}" tests="${cases.length}" failures="${count("fail")}" errors="${count("error")}" skipped="${count("skip")}" time="${time}" timestamp="${report.startedAt}">
${cases.map(testCase).join("\n")}
  </testsuite>`;
}

function testCase({ id, title, seconds, verdict, evidence }: CheckResult): string {
  const open = `    <testcase classname="${escaped(id)}" name="${escaped(title)}" time="${seconds.toFixed(3)}">`;
  const said = escaped(evidence);
  const body = {
    pass: `<system-out>${said}</system-out>`,
    fail: `<failure message="${said}"/>`,
    error: `<error message="${said}"/>`,
    skip: `<skipped message="${said}"/>`,
  }[verdict];
  return `${open}${body}</testcase>`;
}

/** Text for XML 1.0: no escape sequences, none of the characters that XML forbids, markup escaped. */
function escaped(text: string): string {
  return stripVTControlCharacters(text)
    .replace(
      /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g,
      "",
    )
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;")
    .replaceAll("\n", "&#10;");
}
