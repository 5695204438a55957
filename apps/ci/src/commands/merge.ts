import { mergeReports, readParts } from "@sysinit-internal/acceptance/reports";
import { exitCodes, terminalWidth, type AppContext } from "@sysinit-internal/terminal";
import { resolve } from "node:path";

import { reportTo, type ReportArguments } from "../reporters/report-to.ts";
import { tableOf } from "../reporters/table.ts";

/** Joins the reports of the cells of a matrix, and ends as one run of all of them would. */
export async function merge(
  app: AppContext,
  files: readonly string[],
  options: ReportArguments,
): Promise<number> {
  const directory = process.cwd();
  const parts = await readParts(files.map((file) => resolve(directory, file)));
  const merged = mergeReports(parts);
  await reportTo(app, options, directory, parts);
  app.output.data(merged, tableOf(parts, terminalWidth(app.output.stdout)));
  return { pass: exitCodes.ok, fail: exitCodes.failed, error: exitCodes.prerequisite }[merged.verdict];
}
