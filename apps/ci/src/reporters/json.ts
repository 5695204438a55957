import type { Report } from "@sysinit-internal/acceptance";
import { mergeReports } from "@sysinit-internal/acceptance/reports";

import { jsonText } from "../pipeline/json-text.ts";

/** The report as JSON: that of one run, or the merged one of several. */
export function jsonOf(reports: readonly Report[]): string {
  const whole = reports.length === 1 ? reports[0] : mergeReports(reports);
  return `${jsonText(whole, 2)}\n`;
}
