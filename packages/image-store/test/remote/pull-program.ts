import { join } from "node:path";

import type { PullOptions } from "../../src/index.ts";

const program = join(import.meta.dirname, "../fixtures/pull-until.ts");

/** The command line of a program that pulls. */
export function pullCommand(options: PullOptions & { stopAtBytes?: number }): [string, ...string[]] {
  const node = [
    process.execPath,
    "--disable-warning=ExperimentalWarning",
    "--conditions=@sysinit/source",
  ] as const;
  return [...node, program, JSON.stringify(options)];
}
