import {
  mergeRounds,
  type ActionId,
  type CheckResult,
  type Judgement,
  type Row,
} from "@sysinit-internal/acceptance";

/** Collects the verdicts of a run: those that are judged once, and those of each round of the VM part. */
export class Recorder {
  readonly #rows: readonly Row[];
  readonly #once: CheckResult[] = [];
  readonly #rounds: CheckResult[][] = [];
  #current = this.#once;

  constructor(rows: readonly Row[]) {
    this.#rows = rows;
  }

  /** What is added from now on belongs to the next round. */
  beginRound(): void {
    this.#current = [];
    this.#rounds.push(this.#current);
  }

  add(results: readonly CheckResult[]): void {
    this.#current.push(...results);
  }

  /** The verdict of a row that the run itself judges by doing it; of one that is not in the report nothing is kept. */
  action(id: ActionId | (string & {}), judgement: Judgement, seconds: number): void {
    const row = this.#rows.find((candidate) => candidate.id === id);
    if (row !== undefined) this.#current.push({ ...row, ...judgement, seconds });
  }

  get results(): CheckResult[] {
    return [...this.#once, ...mergeRounds(this.#rounds)];
  }

  /** What was judged once, and in this round. */
  get ofThisRound(): CheckResult[] {
    return this.#current === this.#once ? this.#once : [...this.#once, ...this.#current];
  }

  get failed(): boolean {
    return [...this.#once, ...this.#rounds.flat()].some(
      ({ verdict }) => verdict === "fail" || verdict === "error",
    );
  }
}
