import { parse } from "@sysinit-internal/terminal/commander";

import { createProgram } from "./program.ts";

/** Runs a command line. */
export async function main(argv: readonly string[]): Promise<void> {
  await parse(createProgram(), argv);
}
