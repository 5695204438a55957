import { runChecks, type CheckContext, type Stage } from "@sysinit-internal/acceptance";

import type { AcceptanceRun } from "./acceptance-run.ts";

/** Makes the checks of a stage. */
export async function makeChecks(run: AcceptanceRun, stage: Stage, context: CheckContext): Promise<void> {
  const chosen = run.plan.checks.filter((check) => check.stage === stage);
  if (chosen.length === 0) return;
  const step = run.app.output.step(`${stage} checks`);
  await run.stopwatch.measure(`${stage} checks`, async () => {
    const earlier = run.recorder.ofThisRound;
    const results = await runChecks({
      checks: chosen,
      context,
      earlier,
      onStart: ({ title }) => step.update(title),
    });
    run.recorder.add(results);
    const bad = results.filter(({ verdict }) => verdict === "fail" || verdict === "error").length;
    if (bad === 0) step.done(`${results.length} checks`);
    else step.failed(`${bad} of ${results.length} checks`);
  });
}
