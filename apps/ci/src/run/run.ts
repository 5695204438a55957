import { resolve } from "node:path";

import type { Report } from "@sysinit-internal/acceptance";
import { mergeReports } from "@sysinit-internal/acceptance/reports";
import {
  exitCodeOf,
  exitCodes,
  renderFailure,
  terminalWidth,
  type AppContext,
} from "@sysinit-internal/terminal";

import { exitRules } from "../exit-rules.ts";
import { planRuns } from "../plan/plan-runs.ts";
import { reportTo } from "../reporters/report-to.ts";
import { tableOf } from "../reporters/table.ts";
import type { RunArguments } from "../run-arguments.ts";
import { runWithRetries } from "./run-with-retries.ts";

/**
 * The wanted cells one after the other, with their reports. These are written whatever happens; what stopped a run of one
 * cell is thrown on, and a cell of several that could not be run does not keep the others from running.
 */
export async function run(app: AppContext, options: RunArguments): Promise<number> {
  const { output } = app;
  const directory = process.cwd();
  const plans = await planRuns(options, directory);
  const reports: Report[] = [];
  let thrown: unknown;
  for (const plan of plans) {
    const artifacts = resolve(directory, options.artifacts, ...(plans.length > 1 ? [plan.id] : []));
    if (plans.length > 1) output.say(`cell ${plan.id} (${reports.length + 1} of ${plans.length})`);
    const { report, error } = await runWithRetries(app, { options, plan, directory, artifacts });
    reports.push(report);
    if (error !== undefined) {
      thrown = error;
      if (plans.length > 1) output.stderr.write(`${renderFailure(error, output.stderr)}\n`);
    }
    if (app.signal.aborted) break;
  }
  await reportTo(app, options, directory, reports);
  const whole = reports.length === 1 ? reports[0]! : mergeReports(reports);
  if (thrown !== undefined && (plans.length === 1 || app.signal.aborted)) {
    if (!output.json) output.stdout.write(`${tableOf(reports, terminalWidth(output.stdout))}\n`);
    // As it was thrown by whoever threw it.
    // eslint-disable-next-line @typescript-eslint/only-throw-error
    throw thrown;
  }
  output.data(whole, tableOf(reports, terminalWidth(output.stdout)));
  if (thrown !== undefined) return exitCodeOf(thrown, app.signal, exitRules);
  return { pass: exitCodes.ok, fail: exitCodes.failed, error: exitCodes.prerequisite }[whole.verdict];
}
