import { isFlaky, type CheckResult, type Report } from "@sysinit-internal/acceptance";
import { partName } from "@sysinit-internal/acceptance/reports";
import { formatSeconds } from "@sysinit-internal/terminal";

import { escapedMarkup } from "./plain-text.ts";

const marks = { pass: "✅", fail: "❌", error: "⚠️", skip: "⏭️" } as const;

/** GitHub refuses a summary above 1 MiB; this leaves room for those of other steps. */
const mostCharacters = 500_000;

/**
 * The step summary. Written as HTML without empty lines, in which Markdown is not read, so that what a guest said can be no
 * heading, link, image or mention.
 */
export function summaryOf(reports: readonly Report[]): string {
  const blocks = reports.map((report) => partOf(report, reports.length > 1));
  const text = `${blocks.join("\n\n")}\n`;
  return text.length > mostCharacters
    ? `<p>The report is too long for a summary; its files have all of it.</p>\n`
    : text;
}

function partOf(report: Report, named: boolean): string {
  const { counts, seconds, suite, attempts = [], failure, kept, checks } = report;
  const name = [suite?.name ?? "acceptance", ...(named ? [partName(report)] : [])].join(", ");
  const lines = [
    `<h3>${marks[report.verdict]} ${code(name)}</h3>`,
    `<p>${counts.pass} passed, ${counts.fail} failed, ${counts.error} not judged, ${counts.skip} skipped in ${formatSeconds(seconds)}</p>`,
    ...attempts.map(
      ({ code: why, message }, index) =>
        `<p>⚠️ attempt ${index + 1} could not be made and was made again: ${code(`${message} [${why}]`)}</p>`,
    ),
    ...(failure === undefined ? [] : [`<p>${code(`${failure.message} [${failure.code}]`)}</p>`]),
    ...(kept === undefined ? [] : [`<p>The VM was kept: ${code(kept)}</p>`]),
    "<table><tr><th></th><th>Check</th><th>Seconds</th><th>Evidence</th></tr>",
    ...checks.map(row),
    "</table>",
    ...checks.filter(({ output, verdict }) => output !== undefined && verdict !== "pass").map(outputOf),
  ];
  return lines.join("\n");
}

function row(check: CheckResult): string {
  const { verdict, id, seconds, evidence, title } = check;
  const flaky = isFlaky(check) ? " flaky" : "";
  return `<tr><td>${marks[verdict]}${flaky}</td><td>${code(id)}<br>${code(title)}</td><td align="right">${seconds.toFixed(1)}</td><td>${code(evidence)}</td></tr>`;
}

function outputOf({ id, output = "" }: CheckResult): string {
  return `<details><summary>${code(id)}</summary><pre>${markup(output)}</pre></details>`;
}

function code(text: string): string {
  return `<code>${markup(text).replaceAll("&#10;", "<br>")}</code>`;
}

/** Line breaks are references: an empty line would end the HTML. */
function markup(text: string): string {
  return escapedMarkup(text).replaceAll("\n", "&#10;");
}
