import type { Report } from "../report.ts";
import { partName } from "./merged-report.ts";
import { readReport } from "./read-report.ts";
import { ReportError } from "./report-error.ts";

/**
 * The parts of several files, for one merged report.
 *
 * @throws ReportError CELL_TWICE, and what {@link readReport} throws
 */
export async function readParts(files: readonly string[]): Promise<Report[]> {
  const seen = new Map<string, string>();
  const parts: Report[] = [];
  for (const file of files) {
    for (const part of await readReport(file)) {
      const name = `${part.suite?.name ?? ""}/${partName(part)}`;
      const before = seen.get(name);
      if (before !== undefined) {
        throw new ReportError({
          code: "CELL_TWICE",
          message: `${before} and ${file} both report on cell ${partName(part)}`,
          hint: "leave one of them out; for several measurements of a cell use `lima-ci run --repeat`",
          details: { files: [before, file], cell: partName(part) },
        });
      }
      seen.set(name, file);
      parts.push(part);
    }
  }
  return parts;
}
