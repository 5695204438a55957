import { stripVTControlCharacters } from "node:util";

import { safeLine } from "../safe-line.ts";
import type { Step } from "../step.ts";
import { formatSeconds } from "../units.ts";

// Without a terminal somebody still wants to know that it is alive.
const heartbeatMs = 15_000;

/** A step as lines that stay: its beginning, its end, notes, and now and then what it waits for. */
export function startPlainStep(title: string, stream: NodeJS.WriteStream, verbose: boolean): Step {
  const startedAtMs = performance.now();
  const elapsed = () => formatSeconds((performance.now() - startedAtMs) / 1000);
  let detail = "";
  let reported = "";
  let ended = false;
  const line = (text: string) => stream.write(`${text}\n`);
  const beat = () => {
    const shown = detail === reported ? "" : `: ${detail}`;
    reported = detail;
    line(`  … ${title} (${elapsed()})${shown}`);
  };
  line(`→ ${title}`);
  const timer = setInterval(beat, heartbeatMs);
  timer.unref();

  const end = (mark: string, text: string | undefined) => {
    if (ended) return;
    ended = true;
    clearInterval(timer);
    line(`${mark} ${title}${text === undefined ? "" : `: ${stripVTControlCharacters(text)}`} (${elapsed()})`);
  };
  return {
    update(text) {
      const wanted = safeLine(text);
      const isNew = wanted !== detail;
      detail = wanted;
      if (verbose && isNew) beat();
    },
    note: (text) => line(`  ${safeLine(text)}`),
    log(text) {
      if (verbose) line(`  ${safeLine(text)}`);
    },
    // Its last line is in what the step waits for.
    tail() {},
    done: (text) => end("✓", text),
    failed: (text) => end("✗", text),
  };
}
