import { derivationName } from "../nix/derivation.ts";
import type { RunningDerivation } from "./build-event.ts";
import { sanitiseLine } from "./sanitise.ts";

/** How long a derivation usually takes, in milliseconds; undefined when nobody knows. */
export type UsualTime = (drvPath: string) => number | undefined;

interface Building {
  drvPath: string;
  name: string;
  phase?: string;
  machine: string;
  startedAtMs: number;
  /** With a remote builder one derivation has two activities: ours and the builder's. */
  activities: Set<string>;
}

/** A derivation that was built, or that failed to. */
export interface FinishedBuild {
  drvPath: string;
  name: string;
  tookMs: number;
}

/** The derivations that are being built, by their path: activities come and go. */
export class Builds {
  /** Derivations that nix has built or begun to build in this run. */
  readonly started = new Set<string>();
  readonly #running = new Map<string, Building>();
  readonly #byActivity = new Map<string, Building>();
  #built = 0;
  #total = 0;

  /** A build begins; its name when that is new. */
  start(id: string, drvPath: string, machine: string, atMs: number): string | undefined {
    const running = this.#running.get(drvPath);
    if (running !== undefined) {
      running.activities.add(id);
      this.#byActivity.set(id, running);
      return undefined;
    }
    const name = derivationName(drvPath);
    const building = { drvPath, name, machine, startedAtMs: atMs, activities: new Set([id]) };
    this.#running.set(drvPath, building);
    this.#byActivity.set(id, building);
    this.started.add(drvPath);
    return name;
  }

  /** An activity ends; the build, when it has ended with it. */
  stop(id: string, atMs: number): FinishedBuild | undefined {
    const building = this.#byActivity.get(id);
    if (building === undefined) return undefined;
    this.#byActivity.delete(id);
    building.activities.delete(id);
    if (building.activities.size > 0) return undefined;
    this.#running.delete(building.drvPath);
    return finished(building, atMs);
  }

  /** nix is gone; what was still open. After a success the counters are made even. */
  close(succeeded: boolean, atMs: number): FinishedBuild[] {
    const open = [...this.#running.values()].map((building) => finished(building, atMs));
    this.#running.clear();
    this.#byActivity.clear();
    if (succeeded) this.#total = this.#built;
    return open;
  }

  /** nix counts; what it counts goes down as well as up. */
  count(done: number, expected: number, running: number): void {
    this.#built = Math.max(this.#built, done);
    this.#total = Math.max(expected, done + running);
  }

  /** The derivation of an activity. */
  of(id: string): { drvPath: string; name: string } | undefined {
    return this.#byActivity.get(id);
  }

  /** Returns whether it was a build. */
  setPhase(id: string, phase: string): boolean {
    const building = this.#byActivity.get(id);
    if (building === undefined) return false;
    building.phase = sanitiseLine(phase);
    return true;
  }

  get built(): number {
    return this.#built;
  }

  get total(): number {
    return Math.max(this.#total, this.#built);
  }

  get isIdle(): boolean {
    return this.#running.size === 0;
  }

  get isEven(): boolean {
    return this.#total === this.#built;
  }

  running(atMs: number, usualTime: UsualTime): RunningDerivation[] {
    return [...this.#running.values()].map(({ drvPath, name, phase, machine, startedAtMs }) => {
      const usualMs = usualTime(drvPath);
      return {
        drvPath,
        name,
        ...(phase === undefined ? {} : { phase }),
        ...(machine === "" ? {} : { machine }),
        elapsedMs: atMs - startedAtMs,
        ...(usualMs === undefined ? {} : { usualMs }),
      };
    });
  }
}

function finished({ drvPath, name, startedAtMs }: Building, atMs: number): FinishedBuild {
  return { drvPath, name, tookMs: atMs - startedAtMs };
}
