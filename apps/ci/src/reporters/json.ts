import type { Report } from "@sysinit-internal/acceptance";

import { writeReportFile } from "./write-report-file.ts";

export async function writeJson(file: string, report: Report): Promise<void> {
  await writeReportFile(file, `${JSON.stringify(report, undefined, 2)}\n`);
}
