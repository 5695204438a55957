export { mergeReports, partName, partsOf, type MergedReport } from "./merged-report.ts";
export { readReport } from "./read-report.ts";
export { readParts } from "./read-parts.ts";
export { ReportError, type ReportErrorCode } from "./report-error.ts";
export { compareReports } from "../compare/compare-reports.ts";
export type { Change, Comparison } from "../compare/comparison.ts";
