import { readFile } from "node:fs/promises";

import * as z from "zod";

import type { Report } from "../report.ts";
import { partsOf } from "./merged-report.ts";
import { ReportError } from "./report-error.ts";
import { anyReport } from "./report-schema.ts";

/**
 * The single reports in a file, one run's or a merged one.
 *
 * @throws ReportError REPORT_UNREADABLE, REPORT_VERSION_UNKNOWN
 */
export async function readReport(file: string): Promise<Report[]> {
  let data: unknown;
  try {
    data = JSON.parse(await readFile(file, "utf8"));
  } catch (cause) {
    throw new ReportError({
      code: "REPORT_UNREADABLE",
      message: `${file} cannot be read: ${(cause as Error).message}`,
      hint: "give a file that `lima-ci run --report` wrote",
      details: { file },
      cause,
    });
  }
  const version = z.object({ schemaVersion: z.unknown() }).safeParse(data).data?.schemaVersion;
  if (typeof version === "number" && version !== 1) {
    throw new ReportError({
      code: "REPORT_VERSION_UNKNOWN",
      message: `${file} has version ${version} of the report, this lima-ci knows 1`,
      hint: "use the lima-ci that wrote it, or a newer one",
      details: { file, version },
    });
  }
  const parsed = anyReport.safeParse(data);
  if (!parsed.success) {
    throw new ReportError({
      code: "REPORT_UNREADABLE",
      message: `${file} is no report of lima-ci`,
      hint: "give a file that `lima-ci run --report` wrote",
      details: {
        file,
        issues: parsed.error.issues.map(({ path, message }) => `${path.join(".")}: ${message}`),
      },
    });
  }
  return partsOf(parsed.data);
}
