import { resolve } from "node:path";

import type { Report } from "@sysinit-internal/acceptance";
import type { AppContext } from "@sysinit-internal/terminal";

import { detectPipeline, type Pipeline } from "../pipeline/pipeline.ts";
import { annotationsOf } from "./github-annotations.ts";
import { summaryOf } from "./github-summary.ts";
import { htmlOf } from "./html/page.ts";
import { jsonOf } from "./json.ts";
import { junitOf } from "./junit.ts";
import { tapOf } from "./tap.ts";
import { appendReportFile, writeReportFile } from "./write-report-file.ts";

/** Where reports go. */
export interface ReportArguments {
  report?: string;
  junit?: string;
  tap?: string;
  html?: string;
  pipeline: Pipeline | "auto";
}

/** Every report that is a file, by the option that names it. */
const files = { report: jsonOf, junit: junitOf, tap: tapOf, html: htmlOf } as const;

/** Writes the reports that are asked for, and those that the pipeline shows by itself. */
export async function reportTo(
  { output }: AppContext,
  options: ReportArguments,
  directory: string,
  reports: readonly Report[],
): Promise<void> {
  for (const [option, render] of Object.entries(files) as [
    keyof typeof files,
    (parts: readonly Report[]) => string,
  ][]) {
    const file = options[option];
    if (file !== undefined) await writeReportFile(resolve(directory, file), render(reports));
  }
  if ((options.pipeline === "auto" ? detectPipeline(process.env) : options.pipeline) !== "github") return;
  process.stderr.write(annotationsOf(reports));
  const summary = process.env["GITHUB_STEP_SUMMARY"];
  if (summary === undefined || summary === "") return;
  // A summary that cannot be written is no reason to fail a run whose checks passed.
  await appendReportFile(summary, summaryOf(reports)).catch((error: Error) =>
    output.say(`the step summary could not be written: ${error.message}`),
  );
}
