import { safeLine } from "./safe-line.ts";
import type { Step } from "./step.ts";

const maxLines = 20_000;

/** Remembers what was said, with its time. Of a very long run the beginning is forgotten. */
export class Transcript {
  readonly lines: string[] = [];
  #last = "";

  add(text: string): void {
    if (text === this.#last) return;
    this.#last = text;
    this.lines.push(`${new Date().toISOString()} ${safeLine(text)}`);
    if (this.lines.length > maxLines) this.lines.shift();
  }

  /** A step whose talk is remembered too. */
  of(title: string, step: Step): Step {
    const remembered = (mark: string, then: (text: string) => void) => (text?: string) => {
      this.add(text === undefined ? `${mark} ${title}` : `${mark} ${title}: ${text}`);
      then(text!);
    };
    this.add(`→ ${title}`);
    return {
      update: remembered("…", step.update),
      note: remembered("!", step.note),
      log: remembered(">", step.log),
      tail: step.tail,
      done: remembered("✓", step.done),
      failed: remembered("✗", step.failed),
    };
  }
}
