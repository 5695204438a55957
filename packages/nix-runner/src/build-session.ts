import type { BuildOptions } from "./build-options.ts";
import type { BuildEvent } from "./events/build-event.ts";
import { BuildState } from "./events/build-state.ts";
import { Pacer } from "./events/pacer.ts";
import type { NixRecord } from "./nix/internal-json.ts";

const progressEveryMs = 100;

/** One call of a verb: its clock, its state, its events, its end. */
export class BuildSession {
  state = new BuildState();
  /** Aborted by the caller, or by us when the caller's `onEvent` threw. */
  readonly signal: AbortSignal;
  readonly #startedAt = performance.now();
  readonly #onEvent: BuildOptions["onEvent"];
  readonly #consumer = new AbortController();
  readonly #pacer = new Pacer(() => this.#emitProgress(), progressEveryMs);
  #consumerError: { error: unknown } | undefined;

  constructor({ onEvent, signal }: Pick<BuildOptions, "onEvent" | "signal">) {
    this.#onEvent = onEvent;
    this.signal =
      signal === undefined ? this.#consumer.signal : AbortSignal.any([signal, this.#consumer.signal]);
  }

  /** Milliseconds since the verb began. */
  get atMs(): number {
    return Math.round(performance.now() - this.#startedAt);
  }

  observe(record: NixRecord): void {
    for (const event of this.state.observe(record, this.atMs)) this.emit(event);
    if (this.state.changed) this.#pacer.touch();
  }

  enter(phase: "evaluate" | "find-image" | "done"): void {
    for (const event of this.state.enter(phase, this.atMs)) this.emit(event);
  }

  warn(text: string): void {
    this.emit({ type: "warning", atMs: this.atMs, text });
  }

  /** nix has ended. */
  close(succeeded: boolean): void {
    this.#pacer.stop();
    for (const event of this.state.close(succeeded, this.atMs)) this.emit(event);
    if (this.state.changed) this.#emitProgress();
  }

  /** Hands the consumer's own error back to its caller. */
  throwConsumerError(): void {
    if (this.#consumerError !== undefined) throw this.#consumerError.error;
  }

  emit(event: BuildEvent): void {
    if (this.#consumerError !== undefined) return;
    try {
      this.#onEvent?.(event);
    } catch (error) {
      this.#consumerError = { error };
      this.#consumer.abort(error);
    }
  }

  #emitProgress(): void {
    const { atMs } = this;
    this.emit({ type: "progress", atMs, ...this.state.progress(atMs) });
  }
}
