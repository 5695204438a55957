import { activity, result, type NixMessage, type NixRecord, type RecordField } from "../nix/internal-json.ts";
import type { BuildEvent, BuildPhase, BuildProgress } from "./build-event.ts";
import { Builds, type FinishedBuild, type UsualTime } from "./builds.ts";
import { LogTails } from "./log-tails.ts";
import { Messages } from "./messages.ts";
import { PlannedBuilds } from "./planned-builds.ts";
import { remainingMs } from "./remaining-time.ts";
import { sanitiseLine } from "./sanitise.ts";
import { Transfers, type ParentActivity } from "./transfers.ts";

const phaseOrder: readonly BuildPhase[] = [
  "evaluate",
  "query",
  "fetch",
  "build",
  "find-image",
  "copy",
  "done",
];

/**
 * What is known of a build from the records so far. `observe` and `close` change it in place (a download alone writes
 * hundreds of thousands of records) and return the events that follow; there is no clock and no process in here.
 */
export class BuildState {
  /** Store paths that nix has copied or begun to copy from a cache. */
  readonly copied = new Set<string>();
  /** Whether nix came beyond evaluation. */
  realising = false;
  /** What was evaluated, as "git+file:///home/dev/flake#image". */
  evaluated: string | undefined;
  readonly logs = new LogTails();
  /** Derivations whose build has ended, in whatever way. */
  readonly finished: FinishedBuild[] = [];
  /** Whether something that progress shows has changed since `progress` was asked for. */
  changed = false;

  #phase: BuildPhase | undefined;
  readonly #usualTime: UsualTime;
  readonly #activities = new Map<string, ParentActivity>();
  readonly #builds = new Builds();
  readonly #planned = new PlannedBuilds();
  readonly #transfers = new Transfers();
  readonly #messages = new Messages();
  readonly #waits = new Set<string>();

  constructor(usualTime: UsualTime = () => undefined) {
    this.#usualTime = usualTime;
  }

  /** Derivations that nix has built or begun to build in this run. */
  get started(): ReadonlySet<string> {
    return this.#builds.started;
  }

  /** Errors, warnings and traces in order, the oldest dropped. */
  get messages(): readonly NixMessage[] {
    return this.#messages.kept;
  }

  /** Lines that were no records: from git, ssh, or a nix that fell over. */
  get otherLines(): readonly string[] {
    return this.#messages.otherLines;
  }

  /** Whether nix does nothing but wait: for another build of the same, for a free builder. */
  get isWaiting(): boolean {
    return this.#waits.size > 0 && this.#builds.isIdle && this.#transfers.isIdle;
  }

  observe(record: NixRecord, atMs: number): BuildEvent[] {
    switch (record.action) {
      case "start":
        return this.#start(record, atMs);
      case "stop":
        return this.#stop(record.id, atMs);
      case "result":
        return this.#result(record.id, record.type, record.fields, atMs);
      case "msg":
        return this.#message(record, atMs);
      case "plain":
        this.#messages.other(record.text);
        return [];
    }
  }

  /** Moves on to a phase; going back is no event. */
  enter(phase: BuildPhase, atMs: number): BuildEvent[] {
    const current = this.#phase === undefined ? -1 : phaseOrder.indexOf(this.#phase);
    if (phaseOrder.indexOf(phase) <= current) return [];
    this.#phase = phase;
    return [{ type: "phase", atMs, phase }];
  }

  /** nix is gone: one that was killed leaves its activities open. After a success the counters are made even. */
  close(succeeded: boolean, atMs: number): BuildEvent[] {
    if (!this.#builds.isEven) this.changed = true;
    const open = this.#builds.close(succeeded, atMs);
    if (open.length > 0) this.changed = true;
    this.#transfers.close();
    this.#waits.clear();
    return open.flatMap((build) => this.#buildFinished(build, atMs));
  }

  progress(atMs: number): BuildProgress {
    this.changed = false;
    const { downloadedBytes, totalBytes } = this.#transfers;
    const bytesPerSecond = this.#transfers.bytesPerSecond(atMs);
    const running = this.#builds.running(atMs, this.#usualTime);
    const remaining = remainingMs({
      leftBytes: (totalBytes ?? 0) - downloadedBytes,
      bytesPerSecond,
      running,
      waiting: usualTimes(this.#planned.waiting, this.#usualTime),
    });
    return {
      downloadedBytes,
      ...(totalBytes === undefined ? {} : { downloadTotalBytes: totalBytes }),
      ...(bytesPerSecond === undefined ? {} : { downloadBytesPerSecond: bytesPerSecond }),
      transfers: this.#transfers.running(atMs),
      built: this.#builds.built,
      buildsTotal: this.#builds.total,
      running,
      ...(remaining === undefined ? {} : { remainingMs: remaining }),
    };
  }

  #start(record: Extract<NixRecord, { action: "start" }>, atMs: number): BuildEvent[] {
    const { id, type, text, fields } = record;
    const [first, second, third] = fields;
    const subject = typeof first === "string" ? first : undefined;
    this.#activities.set(id, { type, storePath: type === activity.copyPath ? subject : undefined });
    switch (type) {
      case activity.unknown: {
        if (text.startsWith("querying info about missing paths")) return this.enter("query", atMs);
        const evaluated = /^evaluating derivation '(.*)'$/.exec(text)?.[1];
        if (evaluated !== undefined) this.evaluated = evaluated;
        return [];
      }
      case activity.realise:
        this.realising = true;
        return [];
      case activity.queryPathInfo:
        return this.enter("query", atMs);
      case activity.fileTransfer:
        if (subject !== undefined) this.#transfers.startFile(id, subject, this.#parent(record.parent), atMs);
        return [];
      case activity.substitute:
      case activity.copyPath: {
        if (subject === undefined) return this.enter("fetch", atMs);
        if (
          type === activity.copyPath &&
          this.#transfers.startCopy(id, subject, second, third, atMs) === "out"
        )
          return [];
        this.copied.add(subject);
        return this.enter("fetch", atMs);
      }
      case activity.build:
        return subject === undefined ? [] : this.#buildStarted(id, subject, second, atMs);
      case activity.buildWaiting:
        this.#waits.add(id);
        return [{ type: "waiting", atMs, text: sanitiseLine(text) }];
      default:
        return [];
    }
  }

  /** Of a parent that is not known nothing is known but that there is one. */
  #parent(id: string | undefined): ParentActivity | undefined {
    return id === undefined ? undefined : (this.#activities.get(id) ?? { type: -1, storePath: undefined });
  }

  #buildStarted(id: string, drvPath: string, machine: RecordField | undefined, atMs: number): BuildEvent[] {
    this.changed = true;
    this.#planned.begun(drvPath);
    const where = typeof machine === "string" ? machine : "";
    const name = this.#builds.start(id, drvPath, where, atMs);
    return name === undefined
      ? []
      : [...this.enter("build", atMs), { type: "build-started", atMs, drvPath, name }];
  }

  #stop(id: string, atMs: number): BuildEvent[] {
    this.#activities.delete(id);
    this.#waits.delete(id);
    if (this.#transfers.stop(id)) this.changed = true;
    const build = this.#builds.stop(id, atMs);
    if (build === undefined) return [];
    this.changed = true;
    return this.#buildFinished(build, atMs);
  }

  #buildFinished(build: FinishedBuild, atMs: number): BuildEvent[] {
    const { drvPath, name } = build;
    this.finished.push(build);
    return [{ type: "build-finished", atMs, drvPath, name }];
  }

  #result(id: string, type: number, fields: readonly RecordField[], atMs: number): BuildEvent[] {
    const [first, second, third] = fields;
    switch (type) {
      case result.buildLogLine:
      case result.postBuildLogLine:
        return typeof first === "string" ? this.#logLine(id, first, atMs) : [];
      case result.setPhase:
        if (typeof first === "string" && this.#builds.setPhase(id, first)) this.changed = true;
        return [];
      case result.progress:
        if (typeof first !== "number" || typeof second !== "number") return [];
        if (this.#activities.get(id)?.type === activity.builds) {
          this.#builds.count(first, second, typeof third === "number" ? third : 0);
          this.changed = true;
        } else if (this.#transfers.progress(id, first, second)) this.changed = true;
        return [];
      case result.setExpected:
        if (first === activity.fileTransfer && typeof second === "number") {
          this.#transfers.expect(id, second);
          this.changed = true;
        }
        return [];
      default:
        return [];
    }
  }

  #logLine(id: string, text: string, atMs: number): BuildEvent[] {
    const build = this.#builds.of(id);
    if (build === undefined) return [];
    const { drvPath, name } = build;
    const line = sanitiseLine(text);
    this.logs.push(drvPath, line);
    return [{ type: "log", atMs, drvPath, name, line }];
  }

  #message(message: NixMessage, atMs: number): BuildEvent[] {
    // Later on a builder could write the same words.
    if (!this.realising && this.#planned.read(message)) return [];
    const warning = this.#messages.read(message);
    return warning === undefined ? [] : [{ type: "warning", atMs, text: warning }];
  }
}

function* usualTimes(drvPaths: Iterable<string>, usualTime: UsualTime) {
  for (const drvPath of drvPaths) yield usualTime(drvPath);
}
