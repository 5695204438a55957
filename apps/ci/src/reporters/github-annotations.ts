import { relative } from "node:path";

import { isFlaky, type CheckResult, type Report } from "@sysinit-internal/acceptance";
import { partName } from "@sysinit-internal/acceptance/reports";

import { plainText } from "./plain-text.ts";

/** GitHub shows no more of a kind than this in one step (docs of actions/toolkit, problem matchers). */
const mostOfAKind = 10;

/**
 * Workflow commands: an error for each check that failed or could not be judged, at the line of the suite that has it, a
 * warning for each try that was made again, a notice for a VM that was kept. What is too much is counted in the last one.
 */
export function annotationsOf(reports: readonly Report[]): string {
  const named = reports.length > 1;
  const errors = reports.flatMap((report) =>
    report.checks
      .filter(({ verdict }) => verdict === "fail" || verdict === "error")
      .map((check) => errorFor(check, named ? partName(report) : undefined)),
  );
  const warnings = reports.flatMap(({ attempts = [] }) =>
    attempts.map(({ code, message }, index) =>
      command(
        "warning",
        { title: `attempt ${index + 1} could not be made, tried again` },
        `${message} [${code}]`,
      ),
    ),
  );
  const notices = reports.flatMap(({ kept }) =>
    kept === undefined ? [] : [command("notice", { title: "the VM was kept" }, kept)],
  );
  return [...limited("error", errors), ...limited("warning", warnings), ...limited("notice", notices)].join(
    "",
  );
}

function errorFor(check: CheckResult, cell: string | undefined): string {
  const { id, title, evidence, source } = check;
  const flaky = isFlaky(check) ? "flaky: " : "";
  return command(
    "error",
    {
      ...(source && { file: relative(process.cwd(), source.file) || source.file, line: String(source.line) }),
      title: `${flaky}${cell === undefined ? "" : `${cell}: `}${id}`,
    },
    `${title}: ${evidence}`,
  );
}

function limited(kind: string, commands: string[]): string[] {
  if (commands.length <= mostOfAKind) return commands;
  const shown = commands.slice(0, mostOfAKind - 1);
  const rest = commands.length - shown.length;
  return [...shown, command(kind, { title: "and more" }, `${rest} more; the step summary has all of them`)];
}

/** A workflow command, with its data and properties escaped as actions/core does. */
function command(name: string, properties: Record<string, string>, data: string): string {
  const list = Object.entries(properties).map(([key, value]) => `${key}=${escapedProperty(value)}`);
  return `::${name} ${list.join(",")}::${escapedData(data)}\n`;
}

function escapedData(text: string): string {
  return plainText(text)
    .replaceAll("##[", "# #[")
    .replaceAll("%", "%25")
    .replaceAll("\r", "%0D")
    .replaceAll("\n", "%0A");
}

function escapedProperty(text: string): string {
  return escapedData(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
}
