import { join } from "node:path";

import type { FailedAttempt, Report } from "@sysinit-internal/acceptance";
import type { AppContext } from "@sysinit-internal/terminal";

import type { RunPlan } from "../plan/run-plan.ts";
import type { RunArguments } from "../run-arguments.ts";
import { attemptRun, type Attempted } from "./attempt-run.ts";
import { infrastructureFailure } from "./infrastructure-failure.ts";

/** One cell, as often as `--retries` allows while it cannot be made. A check that failed is never made again. */
export async function runWithRetries(
  app: AppContext,
  what: { options: RunArguments; plan: RunPlan; directory: string; artifacts: string },
): Promise<Attempted> {
  const attempts: FailedAttempt[] = [];
  const most = 1 + (what.options.retries ?? 0);
  for (let attempt = 1; ; attempt++) {
    const artifacts = attempt === 1 ? what.artifacts : join(what.artifacts, `attempt-${attempt}`);
    const attempted = await attemptRun(app, { ...what, artifacts });
    const failure = infrastructureFailure(attempted, app.signal);
    if (failure === undefined || attempt === most || attempted.report.kept !== undefined) {
      const report: Report = { ...attempted.report, ...(attempts.length > 0 && { attempts }) };
      return { ...attempted, report };
    }
    attempts.push({ ...failure, seconds: attempted.report.seconds });
    app.output.say(
      `attempt ${attempt} of ${most} could not be made: ${failure.message} [${failure.code}]; trying again`,
    );
  }
}
