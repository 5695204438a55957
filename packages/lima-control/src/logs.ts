import { basename, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

import type { LogLine, LogsOptions } from "./handles/options.ts";
import { LineReader } from "./starting/line-reader.ts";
import { logFiles } from "./starting/log-files.ts";

// Those that there may be later: the host agent's, and the consoles of QEMU and vz.
const known = ["ha.stderr.log", "ha.stdout.log", "serial.log", "serialp.log", "serialv.log"];
const pauseMs = 250;

/** The lines of the logs of an instance, until the abort; see `VmHandle.logs`. */
export async function* logs(dir: string, options: LogsOptions = {}): AsyncGenerator<LogLine> {
  for await (const line of allLines(dir, options)) {
    if (options.signal?.aborted) return;
    yield line;
  }
}

async function* allLines(dir: string, options: LogsOptions): AsyncGenerator<LogLine> {
  const { follow = false, signal } = options;
  const there = (await logFiles(dir)).map((file) => basename(file));
  const files = options.files ?? (follow ? [...new Set([...there, ...known])] : there);
  const readers = files.map((file) => ({ file, reader: new LineReader(join(dir, file)) }));
  const told = (file: string, lines: readonly string[]) => lines.map((text) => ({ file, text }));

  if (!follow) {
    for (const { file, reader } of readers) {
      for (let lines = await reader.read(); lines !== undefined; lines = await reader.read()) {
        yield* told(file, lines);
      }
      yield* told(file, reader.end());
    }
    return;
  }
  while (signal?.aborted !== true) {
    let quiet = true;
    for (const { file, reader } of readers) {
      const lines = await reader.read();
      if (lines === undefined) continue;
      quiet = false;
      yield* told(file, lines);
    }
    if (quiet) await sleep(pauseMs, undefined, { signal }).catch(() => {});
  }
}
