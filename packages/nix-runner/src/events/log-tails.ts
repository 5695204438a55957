const linesKept = 200;
const derivationsKept = 64;

/** The last lines of the logs of the derivations that wrote last. */
export class LogTails {
  readonly #tails = new Map<string, string[]>();

  push(drvPath: string, line: string): void {
    const tail = this.#tails.get(drvPath) ?? [];
    // The map's order is the order of use.
    this.#tails.delete(drvPath);
    this.#tails.set(drvPath, tail);
    tail.push(line);
    if (tail.length > linesKept) tail.shift();
    if (this.#tails.size > derivationsKept) this.#tails.delete(this.#tails.keys().next().value!);
  }

  of(drvPath: string): readonly string[] {
    return this.#tails.get(drvPath) ?? [];
  }
}
