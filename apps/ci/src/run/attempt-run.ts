import { resolve } from "node:path";

import { makeReport, type Report } from "@sysinit-internal/acceptance";
import { imageName } from "@sysinit-internal/acceptance/suite";
import { isCodedError } from "@sysinit-internal/errors";
import { withoutPrivateKeys } from "@sysinit-internal/files";
import type { AppContext } from "@sysinit-internal/terminal";

import { ArtifactFolder } from "../artifacts/artifact-folder.ts";
import { excerptsOf, keepEvidence } from "../artifacts/keep-evidence.ts";
import type { RunPlan } from "../plan/run-plan.ts";
import type { RunArguments } from "../run-arguments.ts";
import type { AcceptanceRun } from "./acceptance-run.ts";
import { acceptance } from "./acceptance.ts";
import { Recorder } from "./recorder.ts";
import { Stopwatch } from "./stopwatch.ts";

/** A run with its report; `error` is what stopped it. */
export interface Attempted {
  report: Report;
  error?: unknown;
}

/** One try of one cell. Never throws: what stopped the run is given back beside the report. */
export async function attemptRun(
  app: AppContext,
  what: { options: RunArguments; plan: RunPlan; directory: string; artifacts: string },
): Promise<Attempted> {
  const { options, plan, directory } = what;
  const startedAt = new Date();
  const instance = options.name ?? (plan.suite === undefined ? "test-minimal" : "lima-ci");
  const run: AcceptanceRun = {
    app,
    options,
    plan,
    directory: resolve(directory, options.project ?? "."),
    env: process.env,
    instance,
    artifacts: new ArtifactFolder(what.artifacts),
    recorder: new Recorder(plan.rows),
    stopwatch: new Stopwatch(),
    facts: { instance },
    measurements: { bootSeconds: [] },
    boot: undefined,
    kept: undefined,
  };
  let error: unknown;
  try {
    await acceptance(run);
  } catch (thrown) {
    error = thrown;
  }
  const report = reportOf(run, startedAt, error);
  const wanted =
    options.collect === "always" || (options.collect === "on-failure" && report.verdict !== "pass");
  if (wanted) await keepEvidence(app.output, run.artifacts, { error, boot: run.boot });
  await run.artifacts.finish();
  return error === undefined ? { report } : { report, error };
}

function reportOf(run: AcceptanceRun, startedAt: Date, error: unknown): Report {
  const { plan, recorder, stopwatch, facts, options, measurements, boot, kept } = run;
  const { suite, cell } = plan;
  const excerpts = excerptsOf(error);
  const report = makeReport({
    startedAt,
    seconds: stopwatch.seconds,
    facts,
    timeline: stopwatch.timeline,
    results: recorder.results,
    rows: plan.rows,
    ...(suite && { suite: { name: suite.name, file: suite.file } }),
    ...(cell && { cell: { ...cell, image: cell.image && imageName(cell.image) } as Report["cell"] & object }),
    ...((options.repeat ?? 1) > 1 && { rounds: options.repeat }),
    measurements,
    ...(boot && { boot }),
    ...(error !== undefined && { failure: failureOf(error) }),
    ...(excerpts.length > 0 && { excerpts }),
    ...(kept !== undefined && { kept }),
  });
  return withoutKeys(report) as Report;
}

/** Plain data without private keys in any of its texts: a guest may have printed one. */
function withoutKeys(value: unknown): unknown {
  if (typeof value === "string") return withoutPrivateKeys(value);
  if (Array.isArray(value)) return value.map(withoutKeys);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, withoutKeys(inner)]));
}

function failureOf(error: unknown): NonNullable<Report["failure"]> {
  if (!isCodedError(error))
    return { code: "INTERNAL", message: error instanceof Error ? error.message : String(error) };
  const { code, message, hint } = error;
  return { code, message, ...(hint !== undefined && { hint }) };
}
