import { copyFile, writeFile } from "node:fs/promises";
import { basename, join } from "node:path";

import { isCodedError } from "@sysinit-internal/errors";
import { Interrupted, type Output } from "@sysinit-internal/terminal";

/** Keeps what was said, and the log files that an error names, with the artifacts; says where they are. */
export async function keepEvidence(
  output: Output,
  artifacts: () => Promise<string>,
  error?: unknown,
): Promise<void> {
  if (error instanceof Interrupted) return;
  const into = await artifacts();
  const log = join(into, "lima-ci.log");
  await writeFile(log, `${output.transcript().join("\n")}\n`);
  output.stderr.write(`log: ${log}\n`);
  const files = isCodedError(error) ? error.details["logFiles"] : undefined;
  for (const file of Array.isArray(files) ? files.map(String) : []) {
    // The instance may be gone already; what is left is kept.
    await copyFile(file, join(into, basename(file))).catch(() => undefined);
  }
}
