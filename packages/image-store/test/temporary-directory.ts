import { mkdtempSync, rmSync, statfsSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";

const memory = "/dev/shm";

/** A directory for one test, with a space in its name. In memory where there is enough: a busy disk takes seconds for an fsync. */
export function temporaryDirectory(): string {
  const directory = mkdtempSync(join(hasRoom(memory) ? memory : tmpdir(), "sysinit images "));
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
  return directory;
}

function hasRoom(path: string): boolean {
  try {
    const { bavail, bsize } = statfsSync(path);
    return bavail * bsize > 1024 ** 3;
  } catch {
    return false;
  }
}
