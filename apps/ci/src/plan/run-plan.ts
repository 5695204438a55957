import { dirname, resolve } from "node:path";

import type { BootTimeLimit, Check, Row } from "@sysinit-internal/acceptance";
import type { Cell, SuiteImage, SuiteValue } from "@sysinit-internal/acceptance/suite";

/** What one run judges and on what: the project's own rows, or one cell of a suite. */
export interface RunPlan {
  /** "default" where there is no matrix. */
  id: string;
  /** All rows of the report, in order. */
  rows: readonly Row[];
  /** The checks among them. */
  checks: readonly Check[];
  image: SuiteImage | undefined;
  /** Absolute, or undefined for the built-in one. */
  template: string | undefined;
  cell?: Cell;
  suite?: PlannedSuite;
}

export interface PlannedSuite {
  name: string;
  file: string;
  /** Where its fixtures, template and images start from. */
  directory: string;
  value: SuiteValue;
  bootLimit(accelerator: { kind: string; hardware: boolean }): BootTimeLimit;
}

/** The directory that a suite's paths start from. */
export function directoryOfSuite(file: string, directory: string): string {
  return dirname(resolve(directory, file));
}
