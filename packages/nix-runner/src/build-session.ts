import type { BuildOptions } from "./build-options.ts";
import { BuilderWatch, type LeftProcess } from "./builders/builder-watch.ts";
import type { BuildEvent } from "./events/build-event.ts";
import { BuildState } from "./events/build-state.ts";
import type { UsualTime } from "./events/builds.ts";
import { Pacer } from "./events/pacer.ts";
import { activity, type NixRecord } from "./nix/internal-json.ts";
import { TimeLimit } from "./time-limit.ts";

const progressEveryMs = 100;
const heartbeatMs = 1000;

/** What a session is made from. */
export interface SessionOptions extends Pick<
  BuildOptions,
  "onEvent" | "signal" | "timeoutMs" | "countWaiting"
> {
  usualTime?: UsualTime | undefined;
  /** Whether the builders are processes of this machine. */
  isLocal: boolean;
}

/** One call of a verb: its clock, its state, its events, its end. */
export class BuildSession {
  state: BuildState;
  /** Aborted by the caller, by the time limit, or by us when the caller's `onEvent` threw. */
  readonly signal: AbortSignal;
  /** Whether the time limit ended it. */
  isLate = false;
  readonly #options: SessionOptions;
  readonly #startedAt = performance.now();
  readonly #ending = new AbortController();
  readonly #pacer = new Pacer(() => this.#emitProgress(), progressEveryMs);
  readonly #limit: TimeLimit | undefined;
  readonly #watch = new BuilderWatch();
  readonly #evaluated = Promise.withResolvers<void>();
  #heartbeat: NodeJS.Timeout | undefined;
  #failure: { error: unknown } | undefined;

  constructor(options: SessionOptions) {
    this.#options = options;
    const { signal, timeoutMs, usualTime } = options;
    this.state = new BuildState(usualTime);
    this.signal = signal === undefined ? this.#ending.signal : AbortSignal.any([signal, this.#ending.signal]);
    if (timeoutMs !== undefined) this.#limit = new TimeLimit(timeoutMs, () => this.#tooLate());
    this.#limit?.run();
    // Before anybody else hears of it and ends nix.
    this.signal.addEventListener("abort", () => this.#lookAtBuilders(), { once: true });
  }

  /** Fulfilled when nix has evaluated what it is to build, or has ended before. */
  get evaluated(): Promise<void> {
    return this.#evaluated.promise;
  }

  /** Milliseconds since the verb began. */
  get atMs(): number {
    return Math.round(performance.now() - this.#startedAt);
  }

  /** What was seen so far counts no more: nix is run again. */
  startOver(): void {
    this.state = new BuildState(this.#options.usualTime);
  }

  /** nix starts. */
  open(): void {
    this.#limit?.run();
    this.#heartbeat = setInterval(() => {
      this.#lookAtBuilders();
      this.#emitProgress();
    }, heartbeatMs).unref();
  }

  observe(record: NixRecord): void {
    for (const event of this.state.observe(record, this.atMs)) {
      if (event.type === "phase") this.#evaluated.resolve();
      this.emit(event);
    }
    if (this.#options.isLocal && record.action === "start" && record.type === activity.build)
      this.#watch.buildStarted(record.id);
    if (this.state.isWaiting && this.#options.countWaiting !== true) this.#limit?.hold();
    else this.#limit?.run();
    if (this.state.changed) this.#pacer.touch();
  }

  enter(phase: "evaluate" | "find-image" | "copy" | "done"): void {
    for (const event of this.state.enter(phase, this.atMs)) this.emit(event);
  }

  warn(text: string): void {
    this.emit({ type: "warning", atMs: this.atMs, text });
  }

  /** nix has ended. */
  close(succeeded: boolean): void {
    clearInterval(this.#heartbeat);
    this.#evaluated.resolve();
    this.#limit?.hold();
    this.#pacer.stop();
    for (const event of this.state.close(succeeded, this.atMs)) this.emit(event);
    if (this.state.changed) this.#emitProgress();
  }

  /** What of nix's builders still runs after it has ended. */
  async leftProcesses(): Promise<LeftProcess[]> {
    return this.#watch.left();
  }

  /** The verb cannot succeed any more, for a reason that nix does not know; nix is ended. */
  fail(error: unknown): void {
    this.#failure ??= { error };
    this.#ending.abort(error);
  }

  /** Hands the reason of `fail` to the caller. */
  throwFailure(): void {
    if (this.#failure !== undefined) throw this.#failure.error;
  }

  /** The verb is over: what it has started besides is ended. */
  end(): void {
    this.#limit?.hold();
    this.#ending.abort();
  }

  emit(event: BuildEvent): void {
    if (this.#failure !== undefined) return;
    try {
      this.#options.onEvent?.(event);
    } catch (error) {
      this.fail(error);
    }
  }

  #tooLate(): void {
    this.isLate = true;
    this.#ending.abort();
  }

  #lookAtBuilders(): void {
    this.#watch.look();
  }

  #emitProgress(): void {
    const { atMs } = this;
    this.emit({ type: "progress", atMs, ...this.state.progress(atMs) });
  }
}
