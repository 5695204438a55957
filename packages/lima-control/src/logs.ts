import { basename, join } from "node:path";

import type { LogLine, LogsOptions } from "./handles/options.ts";
import { logFiles } from "./starting/log-files.ts";
import { linesOf } from "./starting/follow-file.ts";

// Those that there may be later: the host agent's, and the consoles of QEMU and vz.
const known = ["ha.stderr.log", "ha.stdout.log", "serial.log", "serialp.log", "serialv.log"];

/** The lines of the logs of an instance; see `VmHandle.logs`. */
export async function* logs(dir: string, options: LogsOptions = {}): AsyncGenerator<LogLine> {
  const { follow = false, signal } = options;
  const there = (await logFiles(dir)).map((file) => basename(file));
  const names = options.files ?? (follow ? [...new Set([...there, ...known])] : there);
  if (!follow) {
    for (const file of names) {
      for await (const text of linesOf(join(dir, file), { follow, signal })) yield { file, text };
    }
    return;
  }

  const ended = new AbortController();
  const stopped = signal === undefined ? ended.signal : AbortSignal.any([signal, ended.signal]);
  const sources = names.map((file) => {
    const lines = linesOf(join(dir, file), { follow, signal: stopped });
    const next = async () => ({ file, lines, next, result: await lines.next() });
    return next;
  });
  // The line that comes first, whichever file it is of.
  const waiting = new Map(sources.map((next, index) => [index, next()] as const));
  try {
    while (waiting.size > 0) {
      const [index, { file, next, result }] = await Promise.race(
        [...waiting].map(async ([key, line]) => [key, await line] as const),
      );
      if (result.done === true) waiting.delete(index);
      else {
        waiting.set(index, next());
        yield { file, text: result.value };
      }
    }
  } finally {
    ended.abort();
  }
}
