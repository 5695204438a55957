import { stripVTControlCharacters, styleText } from "node:util";

import { LiveArea } from "../live/live-area.ts";
import { safeLine } from "../safe-line.ts";
import type { Step } from "../step.ts";
import { formatSeconds } from "../units.ts";

const redrawMs = 100;
const frames = ["⠋", "⠙", "⠹", "⠸", "⠼", "⠴", "⠦", "⠧", "⠇", "⠏"];

export interface LiveStepOptions {
  title: string;
  stream: NodeJS.WriteStream;
  /** When the first step of the program began; its elapsed time is shown beside that of a later one. */
  programBeganMs: number;
  /** Lines for who wants to see everything are shown too. */
  verbose: boolean;
}

/** A step on a terminal: one live line with elapsed time and what it waits for, and below it the tail. */
export function startLiveStep({ title, stream, programBeganMs, verbose }: LiveStepOptions): Step {
  const startedAtMs = performance.now();
  const secondsSince = (atMs: number) => formatSeconds((performance.now() - atMs) / 1000);
  const area = new LiveArea(stream);
  let detail = "";
  let tail: readonly string[] = [];
  let frame = 0;
  let ended = false;

  const draw = () => {
    const total = startedAtMs - programBeganMs > 1000 ? ` of ${secondsSince(programBeganMs)}` : "";
    const line = `${frames[frame]} ${title} · ${secondsSince(startedAtMs)}${total}${detail === "" ? "" : ` · ${detail}`}`;
    area.draw([line, ...tail.map((text) => `  │ ${text}`)]);
  };
  const timer = setInterval(() => {
    frame = (frame + 1) % frames.length;
    draw();
  }, redrawMs);
  // A pending step must not keep a program alive that has nothing left to do.
  timer.unref();
  draw();

  const end = (mark: string, colour: "green" | "red", text: string | undefined) => {
    if (ended) return;
    ended = true;
    clearInterval(timer);
    area.end();
    const said = text === undefined ? "" : `: ${stripVTControlCharacters(text)}`;
    stream.write(`${styleText(colour, mark, { stream })} ${title}${said} (${secondsSince(startedAtMs)})\n`);
  };
  return {
    update(text) {
      detail = safeLine(text);
    },
    note: (text) => area.print(`  ${safeLine(text)}`),
    log(text) {
      if (verbose) area.print(`  ${safeLine(text)}`);
    },
    tail(lines) {
      tail = lines.map(safeLine);
      if (!ended) draw();
    },
    done: (text) => end("✓", "green", text),
    failed: (text) => end("✗", "red", text),
  };
}
