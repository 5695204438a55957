import { fit, textWidth } from "../width.ts";

const escape = "\u001b[";

/** What is drawn now, by its stream. */
const living = new Map<NodeJS.WriteStream, LiveArea>();

/** Writes a line that stays: above the live ones, where there are some. */
export function printAboveLive(stream: NodeJS.WriteStream, line: string): void {
  const area = living.get(stream);
  if (area === undefined) stream.write(`${line}\n`);
  else area.print(line);
}

/**
 * Lines at the bottom of a terminal that are drawn again and again, with lines above them that stay. Never wider than the
 * terminal; drawn anew when that changes its size.
 */
export class LiveArea {
  readonly #stream: NodeJS.WriteStream;
  #lines: readonly string[] = [];
  /** What is on the screen, which may have been cut. */
  #shown: readonly string[] = [];
  readonly #onResize = () => this.draw(this.#lines);

  constructor(stream: NodeJS.WriteStream) {
    this.#stream = stream;
    stream.on("resize", this.#onResize);
    living.set(stream, this);
  }

  draw(lines: readonly string[]): void {
    const erase = this.#erase();
    this.#lines = lines;
    // The last column stays free: some terminals go to the next line there.
    this.#shown = lines.slice(0, this.#rows - 1).map((line) => fit(line, this.#columns - 1));
    // The terminal shows ^C where the cursor is; behind a full line that would be a row that we do not know of.
    this.#stream.write(`${erase}${this.#shown.join("\n")}\r`);
  }

  /** A line that stays, above the live ones. */
  print(line: string): void {
    const lines = this.#lines;
    this.#stream.write(`${this.#erase()}${line}\n`);
    this.#shown = [];
    this.draw(lines);
  }

  /** Takes the live lines away. */
  end(): void {
    this.#stream.off("resize", this.#onResize);
    if (living.get(this.#stream) === this) living.delete(this.#stream);
    this.#stream.write(this.#erase());
    this.#lines = this.#shown = [];
  }

  get #columns(): number {
    return this.#stream.columns || 80;
  }

  get #rows(): number {
    return this.#stream.rows || 24;
  }

  /** Goes to the beginning of what was drawn, which a terminal that became narrower has wrapped, and clears from there. */
  #erase(): string {
    const rows = this.#shown.reduce(
      (sum, line) => sum + Math.max(1, Math.ceil(textWidth(line) / this.#columns)),
      0,
    );
    return `\r${rows > 1 ? `${escape}${rows - 1}A` : ""}${escape}J`;
  }
}
