import { resolve } from "node:path";

import { checks, rows, type Check, type Row } from "@sysinit-internal/acceptance";
import {
  bootLimitOf,
  cellsOf,
  checksOf,
  rowsOfSuite,
  type Suite,
  type SuiteImage,
} from "@sysinit-internal/acceptance/suite";

import type { RunArguments } from "../run-arguments.ts";
import { loadSuite, suiteFile } from "./load-suite.ts";
import { directoryOfSuite, type RunPlan } from "./run-plan.ts";
import { unknownIds } from "./unknown-ids.ts";
import { wantedRows } from "./wanted-rows.ts";
import { withNeeds } from "./with-needs.ts";

type Choice = Pick<RunArguments, "suite" | "project" | "only" | "template" | "installable" | "imageFile">;

/**
 * What to run: each wanted cell of the suite that is named or that is there, else the project's own rows. What the command
 * line says wins over the suite. Throws UNKNOWN_ROW, SUITE_UNREADABLE, SUITE_INVALID.
 */
export async function planRuns(options: Choice, directory: string): Promise<RunPlan[]> {
  const file = options.project === undefined ? suiteFile(options.suite, directory) : options.suite;
  return file === undefined
    ? [planRequirements(options, directory)]
    : planSuite(await loadSuite(file, directory), options, directory);
}

function planRequirements(options: Choice, directory: string): RunPlan {
  const wanted = wantedRows(options);
  return {
    id: "default",
    rows: rows.filter(wanted),
    checks: checks.filter(wanted),
    image: namedImage(options, directory),
    template: options.template === undefined ? undefined : resolve(directory, options.template),
  };
}

function planSuite(suite: Suite, options: Choice, directory: string): RunPlan[] {
  const { value, file } = suite;
  const allCells = cellsOf(value);
  const allRows = rowsOfSuite(suite);
  const cellIds = new Set(allCells.map(({ id }) => id));
  const only = options.only ?? [];
  const [namedCells, namedRows] = [
    only.filter((id) => cellIds.has(id)),
    only.filter((id) => !cellIds.has(id)),
  ];
  const unknown = namedRows.filter((id) => !allRows.some((row) => row.id === id));
  if (unknown.length > 0) throw unknownIds(unknown, [...cellIds, ...allRows.map(({ id }) => id)]);

  const cells = namedCells.length === 0 ? allCells : allCells.filter(({ id }) => namedCells.includes(id));
  const suiteChecks = checksOf(suite);
  const ids = namedRows.length === 0 ? undefined : withNeeds(namedRows, suiteChecks);
  const wanted = ({ id }: Row | Check) => ids === undefined || ids.has(id);
  const base = directoryOfSuite(file, directory);
  const template =
    options.template === undefined
      ? value.template && resolve(base, value.template)
      : resolve(directory, options.template);
  return cells.map((cell): RunPlan => ({
    id: cell.id,
    rows: allRows.filter(wanted),
    checks: suiteChecks.filter(wanted),
    image: namedImage(options, directory) ?? cell.image,
    template,
    cell,
    suite: {
      name: value.name,
      file,
      directory: base,
      value,
      bootLimit: (accelerator) => bootLimitOf(value, accelerator),
    },
  }));
}

/** The image that the command line names, if it names one. */
function namedImage({ imageFile, installable }: Choice, directory: string): SuiteImage | undefined {
  return imageFile === undefined ? installable : { file: resolve(directory, imageFile) };
}
