import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";

/** A directory for one test, with a space in its name. */
export function temporaryDirectory(): string {
  const directory = mkdtempSync(join(tmpdir(), "sysinit images "));
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
  return directory;
}
