import type { TimelineEntry } from "@sysinit-internal/acceptance";

/** Measures the steps of a run. */
export class Stopwatch {
  readonly timeline: TimelineEntry[] = [];
  readonly #startedAt = performance.now();

  /** Seconds since the run began. */
  get seconds(): number {
    return (performance.now() - this.#startedAt) / 1000;
  }

  async measure<Value>(step: string, body: () => Promise<Value>): Promise<Value> {
    const startedAt = performance.now();
    try {
      return await body();
    } finally {
      this.timeline.push({ step, seconds: (performance.now() - startedAt) / 1000 });
    }
  }

  /** The seconds of a step that was measured; the last one of that name. */
  secondsOf(step: string): number {
    return this.timeline.findLast((entry) => entry.step === step)?.seconds ?? 0;
  }
}
