import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";

import type { FileMark, ProcessMark } from "../record/machine-record.ts";

/** The host agent's pid file, and that of the driver: qemu.pid, vz.pid or another (pkg/limatype/filenames of Lima). */
const pidFile = /^(?:ha|[a-z0-9]+)\.pid$/;

/** The living processes of an instance, by their pid files; undefined when one is dead or the host agent has no socket. */
export function processMarks(dir: string): ProcessMark[] | undefined {
  try {
    const files = readdirSync(dir)
      .filter((file) => pidFile.test(file))
      .sort();
    const marks = files.map((file): ProcessMark => {
      const pid = Number(readFileSync(join(dir, file), "utf8"));
      process.kill(pid, 0);
      return { file, pid, mtimeMs: statSync(join(dir, file)).mtimeMs };
    });
    const isThere = marks.some(({ file }) => file === "ha.pid") && existsSync(join(dir, "ha.sock"));
    return isThere ? marks : undefined;
  } catch {
    return undefined;
  }
}

/** How a file is now, in as much as a change of it would show. */
export function fileMark(path: string): FileMark {
  const found = statSync(path, { throwIfNoEntry: false });
  return found === undefined ? { path } : { path, mtimeMs: found.mtimeMs, sizeBytes: found.size };
}
