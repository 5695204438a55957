import { derivationName } from "../nix/derivation.ts";
import { activity, result, type NixMessage, type NixRecord, type RecordField } from "../nix/internal-json.ts";
import type { BuildEvent, BuildPhase, BuildProgress } from "./build-event.ts";
import { Downloads } from "./downloads.ts";
import { LogTails } from "./log-tails.ts";
import { sanitiseLine } from "./sanitise.ts";

interface Building {
  drvPath: string;
  name: string;
  phase?: string;
  startedAtMs: number;
  /** With a remote builder one derivation has two activities: ours and the builder's. */
  activities: Set<string>;
}

const phaseOrder: readonly BuildPhase[] = ["evaluate", "query", "fetch", "build", "find-image", "done"];
const messagesKept = 500;
const longestMessage = 64 * 1024;

/**
 * What is known of a build from the records so far. `observe` and `close` change it in place (a download alone writes
 * hundreds of thousands of records) and return the events that follow; there is no clock and no process in here.
 */
export class BuildState {
  /** Derivations that nix has built or begun to build in this run. */
  readonly started = new Set<string>();
  /** Store paths that nix has copied or begun to copy from a cache. */
  readonly copied = new Set<string>();
  /** Whether nix came beyond evaluation. */
  realising = false;
  /** What was evaluated, as "git+file:///home/dev/flake#image". */
  evaluated: string | undefined;
  /** Errors, warnings and traces in order, the oldest dropped. */
  readonly messages: NixMessage[] = [];
  /** Lines that were no records: from git, ssh, or a nix that fell over. */
  readonly otherLines: string[] = [];
  readonly logs = new LogTails();

  #phase: BuildPhase | undefined;
  readonly #types = new Map<string, number>();
  readonly #building = new Map<string, Building>();
  readonly #builds = new Map<string, Building>();
  readonly #downloads = new Downloads();
  readonly #warned = new Set<string>();
  #built = 0;
  #buildsTotal = 0;
  /** Whether something that progress shows has changed since `progress` was asked for. */
  changed = false;

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
        keep(this.otherLines, sanitiseLine(record.text));
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
    const events = [...this.#building.values()].map((building) => finished(building, atMs));
    if (events.length > 0 || this.#buildsTotal !== this.#built) this.changed = true;
    this.#building.clear();
    this.#builds.clear();
    if (succeeded) this.#buildsTotal = this.#built;
    return events;
  }

  progress(atMs: number): BuildProgress {
    this.changed = false;
    const total = this.#downloads.totalBytes;
    return {
      downloadedBytes: this.#downloads.downloadedBytes,
      ...(total === undefined ? {} : { downloadTotalBytes: total }),
      built: this.#built,
      buildsTotal: Math.max(this.#buildsTotal, this.#built),
      running: [...this.#building.values()].map(({ drvPath, name, phase, startedAtMs }) => ({
        drvPath,
        name,
        ...(phase === undefined ? {} : { phase }),
        elapsedMs: atMs - startedAtMs,
      })),
    };
  }

  #start(record: Extract<NixRecord, { action: "start" }>, atMs: number): BuildEvent[] {
    const { id, type, text, fields } = record;
    this.#types.set(id, type);
    const [first] = fields;
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
        if (typeof first === "string") {
          this.#downloads.start(
            id,
            first,
            record.parent === undefined ? undefined : (this.#types.get(record.parent) ?? -1),
          );
        }
        return [];
      case activity.substitute:
      case activity.copyPath:
        if (typeof first === "string") this.copied.add(first);
        return this.enter("fetch", atMs);
      case activity.build:
        return typeof first === "string" ? this.#buildStarted(id, first, atMs) : [];
      case activity.buildWaiting:
        return [{ type: "waiting", atMs, text: sanitiseLine(text) }];
      default:
        return [];
    }
  }

  #buildStarted(id: string, drvPath: string, atMs: number): BuildEvent[] {
    this.changed = true;
    const running = this.#building.get(drvPath);
    if (running !== undefined) {
      running.activities.add(id);
      this.#builds.set(id, running);
      return [];
    }
    const name = derivationName(drvPath);
    const building: Building = { drvPath, name, startedAtMs: atMs, activities: new Set([id]) };
    this.#building.set(drvPath, building);
    this.#builds.set(id, building);
    this.started.add(drvPath);
    return [...this.enter("build", atMs), { type: "build-started", atMs, drvPath, name }];
  }

  #stop(id: string, atMs: number): BuildEvent[] {
    this.#types.delete(id);
    if (this.#downloads.stop(id)) this.changed = true;
    const building = this.#builds.get(id);
    if (building === undefined) return [];
    this.#builds.delete(id);
    building.activities.delete(id);
    if (building.activities.size > 0) return [];
    this.#building.delete(building.drvPath);
    this.changed = true;
    return [finished(building, atMs)];
  }

  #result(id: string, type: number, fields: readonly RecordField[], atMs: number): BuildEvent[] {
    const [first, second, third] = fields;
    switch (type) {
      case result.buildLogLine:
      case result.postBuildLogLine:
        return typeof first === "string" ? this.#logLine(id, first, atMs) : [];
      case result.setPhase: {
        const building = this.#builds.get(id);
        if (building === undefined || typeof first !== "string") return [];
        building.phase = sanitiseLine(first);
        this.changed = true;
        return [];
      }
      case result.progress:
        if (typeof first !== "number" || typeof second !== "number") return [];
        if (this.#types.get(id) === activity.builds)
          this.#countBuilds(first, second, typeof third === "number" ? third : 0);
        else if (this.#downloads.progress(id, first, second)) this.changed = true;
        return [];
      case result.setExpected:
        if (first === activity.fileTransfer && typeof second === "number") {
          this.#downloads.expect(id, second);
          this.changed = true;
        }
        return [];
      default:
        return [];
    }
  }

  #countBuilds(done: number, expected: number, running: number): void {
    this.#built = Math.max(this.#built, done);
    this.#buildsTotal = Math.max(expected, done + running);
    this.changed = true;
  }

  #logLine(id: string, text: string, atMs: number): BuildEvent[] {
    const building = this.#builds.get(id);
    if (building === undefined) return [];
    const { drvPath, name } = building;
    const line = sanitiseLine(text);
    this.logs.push(drvPath, line);
    return [{ type: "log", atMs, drvPath, name, line }];
  }

  #message(message: NixMessage, atMs: number): BuildEvent[] {
    // The level says nothing: a trace is level 0, and through the daemon a warning is, too.
    const kind = /^(error|warning|trace|evaluation warning)\b[^:]*:/.exec(message.text)?.[1];
    if (kind === undefined && message.level > 1) return [];
    keep(this.messages, message.text.length > longestMessage ? shortened(message) : message);
    // What ends the build is told by the error that the verb rejects with.
    if (kind === undefined || (kind === "error" && message.rawText !== undefined)) return [];
    const text = sanitiseLine(
      message.text.replace(/^(?:evaluation )?warning: /, "").replaceAll(/\s*\n\s*/g, " "),
    );
    if (this.#warned.has(text) || this.#warned.size >= messagesKept) return [];
    this.#warned.add(text);
    return [{ type: "warning", atMs, text }];
  }
}

function finished({ drvPath, name }: Building, atMs: number): BuildEvent {
  return { type: "build-finished", atMs, drvPath, name };
}

function shortened(message: NixMessage): NixMessage {
  return {
    ...message,
    text: message.text.slice(0, longestMessage),
    rawText: message.rawText?.slice(0, longestMessage),
  };
}

function keep<T>(list: T[], item: T): void {
  list.push(item);
  if (list.length > messagesKept) list.shift();
}
