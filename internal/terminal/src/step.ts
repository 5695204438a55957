import { stripVTControlCharacters, styleText } from "node:util";

import { safeLine } from "./safe-line.ts";
import { formatSeconds } from "./units.ts";

/** One piece of work that a person can watch: a live line on a terminal, plain lines elsewhere. */
export interface Step {
  /** What is going on now. */
  update(text: string): void;
  /** A line that stays, above the live one. */
  note(text: string): void;
  /** A line for the log alone. */
  log(text: string): void;
  done(text?: string): void;
  failed(text?: string): void;
}

// Without a terminal somebody still wants to know that it is alive.
const heartbeatMs = 15_000;
const redrawMs = 100;
const frames = ["⠋", "⠙", "⠹", "⠸", "⠼", "⠴", "⠦", "⠧", "⠇", "⠏"];

export function startStep(title: string, stream: NodeJS.WriteStream, live: boolean): Step {
  const startedAt = performance.now();
  const elapsed = () => formatSeconds((performance.now() - startedAt) / 1000);
  let detail = "";
  let frame = 0;
  let ended = false;
  let reported = "";

  const line = (text: string) => stream.write(`${text}\n`);
  const clear = () => {
    if (live) stream.write("\r\u001b[2K");
  };
  const draw = () => {
    frame = (frame + 1) % frames.length;
    const text = `${frames[frame]} ${title} · ${elapsed()}${detail === "" ? "" : ` · ${detail}`}`;
    const columns = stream.columns ?? 80;
    stream.write(`\r\u001b[2K${text.slice(0, columns - 1)}`);
  };
  const beat = () => {
    const shown = detail === reported ? "" : `: ${detail}`;
    reported = detail;
    line(`  … ${title} (${elapsed()})${shown}`);
  };

  if (!live) line(`→ ${title}`);
  const timer = setInterval(live ? draw : beat, live ? redrawMs : heartbeatMs);
  // A pending step must not keep a program alive that has nothing left to do.
  timer.unref();

  const end = (mark: string, colour: "green" | "red", text: string | undefined) => {
    if (ended) return;
    ended = true;
    clearInterval(timer);
    clear();
    const coloured = styleText(colour, mark, { stream });
    line(
      `${coloured} ${title}${text === undefined ? "" : `: ${stripVTControlCharacters(text)}`} (${elapsed()})`,
    );
  };
  return {
    update(text) {
      detail = safeLine(text);
    },
    note(text) {
      clear();
      line(`  ${safeLine(text)}`);
    },
    log() {},
    done: (text) => end("✓", "green", text),
    failed: (text) => end("✗", "red", text),
  };
}

/** The step of an output that stays quiet. */
export const silentStep: Step = { update() {}, note() {}, log() {}, done() {}, failed() {} };
