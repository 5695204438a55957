import { actions, type ActionId, type CheckResult, type Judgement } from "@sysinit-internal/acceptance";

/** Collects the verdicts of a run. */
export class Recorder {
  readonly results: CheckResult[] = [];

  add(results: readonly CheckResult[]): void {
    this.results.push(...results);
  }

  /** The verdict of a row that the run itself judges by doing it. */
  action(id: ActionId, judgement: Judgement, seconds: number): void {
    const action = actions.find((candidate) => candidate.id === id)!;
    this.results.push({ ...action, ...judgement, seconds });
  }

  get failed(): boolean {
    return this.results.some(({ verdict }) => verdict === "fail" || verdict === "error");
  }
}
