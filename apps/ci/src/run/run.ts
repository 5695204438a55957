import { mkdir } from "node:fs/promises";
import { resolve } from "node:path";

import { makeReport, type Report } from "@sysinit-internal/acceptance";
import { exitCodes, type AppContext } from "@sysinit-internal/terminal";

import type { RunArguments } from "../program.ts";
import { writeJson } from "../reporters/json.ts";
import { writeJunit } from "../reporters/junit.ts";
import { tableOf } from "../reporters/table.ts";
import { acceptance } from "./acceptance.ts";
import { keepEvidence } from "./keep-evidence.ts";
import { Recorder } from "./recorder.ts";
import { Stopwatch } from "./stopwatch.ts";
import { wantedRows } from "./wanted-rows.ts";

/** One acceptance run with its reports. The reports are written whatever happens; what stopped the run is thrown on. */
export async function run(app: AppContext, options: RunArguments): Promise<number> {
  const { output } = app;
  const directory = process.cwd();
  const wanted = wantedRows(options);
  const startedAt = new Date();
  const recorder = new Recorder();
  const stopwatch = new Stopwatch();
  const facts: Report["facts"] = { instance: options.name };

  const write = async (): Promise<Report> => {
    const { results } = recorder;
    const { timeline, seconds } = stopwatch;
    const report = makeReport({ startedAt, seconds, facts, timeline, results, wanted });
    if (options.report !== undefined) await writeJson(resolve(directory, options.report), report);
    if (options.junit !== undefined) await writeJunit(resolve(directory, options.junit), report);
    return report;
  };

  const artifacts = async () => {
    const into = resolve(directory, options.artifacts);
    await mkdir(into, { recursive: true });
    return into;
  };

  try {
    await acceptance({
      app,
      options,
      directory: resolve(directory, options.project ?? "."),
      artifacts,
      wanted,
      recorder,
      stopwatch,
      facts,
    });
  } catch (error) {
    const report = await write();
    if (!output.json) output.stdout.write(`${tableOf(report)}\n`);
    await keepEvidence(output, artifacts, error);
    throw error;
  }
  const report = await write();
  output.data(report, tableOf(report));
  if (report.verdict !== "pass") await keepEvidence(output, artifacts);
  return { pass: exitCodes.ok, fail: exitCodes.failed, error: exitCodes.prerequisite }[report.verdict];
}
