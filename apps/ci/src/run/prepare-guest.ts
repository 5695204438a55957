import type { RunningVm } from "@sysinit/lima-control";
import { type CheckResult, type Judgement, type Row } from "@sysinit-internal/acceptance";
import {
  copyFixtures,
  fixturesRow,
  runSteps,
  setupRow,
  teardownRow,
} from "@sysinit-internal/acceptance/suite";

import type { AcceptanceRun } from "./acceptance-run.ts";

/** Copies the fixtures and makes the setup of a suite. When one fails, the guest checks are skipped, and it says so. */
export async function prepareGuest(run: AcceptanceRun, vm: RunningVm): Promise<boolean> {
  const { suite } = run.plan;
  if (suite === undefined) return true;
  const { fixtures, setup } = suite.value;
  const { signal } = run.app;
  const parts: [Row, () => Promise<Judgement>][] = [];
  if (fixtures !== undefined)
    parts.push([fixturesRow, () => copyFixtures(fixtures, suite.directory, vm, signal)]);
  if (setup !== undefined) parts.push([setupRow, () => runSteps(setup, vm, signal)]);
  let broken: Row | undefined;
  for (const [row, work] of parts) {
    if (broken !== undefined) skipRow(run, row, broken);
    else if (!(await judgeRow(run, row, work))) broken = row;
  }
  if (broken === undefined) return true;
  const skipped = run.plan.checks.filter(({ stage }) => stage === "guest");
  for (const { id, section, title, source } of skipped) {
    skipRow(run, { id, section, title, ...(source && { source }) }, broken);
  }
  return false;
}

/** Makes the teardown of a suite, whatever was before. */
export async function tearDown(run: AcceptanceRun, vm: RunningVm): Promise<void> {
  const teardown = run.plan.suite?.value.teardown;
  if (teardown !== undefined) await judgeRow(run, teardownRow, () => runSteps(teardown, vm, run.app.signal));
}

async function judgeRow(run: AcceptanceRun, row: Row, work: () => Promise<Judgement>): Promise<boolean> {
  const { app, recorder } = run;
  const step = app.output.step(row.title);
  const startedAt = performance.now();
  let judgement: Judgement;
  try {
    judgement = await work();
  } catch (error) {
    app.signal.throwIfAborted();
    judgement = { verdict: "error", evidence: (error as Error).message };
  }
  const result: CheckResult = { ...row, ...judgement, seconds: (performance.now() - startedAt) / 1000 };
  recorder.add([result]);
  if (judgement.verdict === "pass") step.done();
  else step.failed(judgement.evidence.split("\n")[0]);
  return judgement.verdict === "pass";
}

function skipRow({ recorder }: AcceptanceRun, row: Row, broken: Row): void {
  recorder.add([{ ...row, verdict: "skip", evidence: `needs ${broken.id}, which failed`, seconds: 0 }]);
}
