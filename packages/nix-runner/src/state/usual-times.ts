import type { FinishedBuild } from "../events/builds.ts";
import type { BuildHistory } from "./build-history.ts";

/** The history of builds, read when something is first built: a build with nothing to do need not wait for it. */
export class UsualTimes {
  readonly #stateDirectory: string;
  #history: BuildHistory | undefined;
  #loading: Promise<void> | undefined;

  constructor(stateDirectory: string) {
    this.#stateDirectory = stateDirectory;
  }

  /** How long a derivation usually takes in milliseconds; undefined when it was never built, and until the history is read. */
  of(drvPath: string): number | undefined {
    this.#loading ??= this.#load();
    return this.#history?.usualMs(drvPath);
  }

  /** Adds builds that have succeeded. Never fails. */
  async add(builds: readonly FinishedBuild[]): Promise<void> {
    if (builds.length === 0) return;
    await (this.#loading ??= this.#load());
    await this.#history?.add(builds);
  }

  async #load(): Promise<void> {
    const { BuildHistory } = await import("../on-demand.ts");
    const history = new BuildHistory(this.#stateDirectory);
    await history.load();
    this.#history = history;
  }
}
