import { stripVTControlCharacters } from "node:util";

import { safeLine } from "../safe-line.ts";
import type { Step } from "../step.ts";

/** Writes one JSON object, with the time, on a line of its own. */
export function writeLogLine(stream: NodeJS.WriteStream, fields: Readonly<Record<string, unknown>>): void {
  stream.write(`${JSON.stringify({ time: new Date().toISOString(), ...fields })}\n`);
}

/** A step as JSON, one object a line: `event` is started, update, note, log, done or failed. */
export function startJsonStep(title: string, stream: NodeJS.WriteStream, verbose: boolean): Step {
  const startedAtMs = performance.now();
  let last = "";
  const tell = (level: "debug" | "info" | "warning" | "error", event: string, text?: string) =>
    writeLogLine(stream, {
      level,
      event,
      step: title,
      ...(text !== undefined && { text: stripVTControlCharacters(text) }),
      elapsedMs: Math.round(performance.now() - startedAtMs),
    });
  tell("info", "started");
  return {
    update(text) {
      if (text === last) return;
      last = text;
      tell("info", "update", safeLine(text));
    },
    note: (text) => tell("warning", "note", safeLine(text)),
    log(text) {
      if (verbose) tell("debug", "log", safeLine(text));
    },
    tail() {},
    done: (text) => tell("info", "done", text),
    failed: (text) => tell("error", "failed", text),
  };
}
