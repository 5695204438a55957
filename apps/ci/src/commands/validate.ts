import { cellsOf } from "@sysinit-internal/acceptance/suite";
import type { AppContext } from "@sysinit-internal/terminal";

import { loadSuite, suiteFile, usualSuite } from "../plan/load-suite.ts";

/** Looks for mistakes in a suite, and runs nothing. */
export async function validate({ output }: AppContext, named: string | undefined): Promise<void> {
  const directory = process.cwd();
  const { file, value } = await loadSuite(suiteFile(named, directory) ?? usualSuite, directory);
  const [checks, cells] = [value.checks.length, cellsOf(value).length];
  output.data(
    { file, name: value.name, checks, cells },
    `${file}: ${value.name}, ${checks} ${checks === 1 ? "check" : "checks"} in ${cells} ${cells === 1 ? "cell" : "cells"}`,
  );
}
