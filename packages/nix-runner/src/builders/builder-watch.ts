import { setTimeout as sleep } from "node:timers/promises";

import { readProc, readProcessTable, uptimeSeconds, type TableEntry } from "./process-table.ts";

/** A process that a build has left behind. */
export interface LeftProcess {
  pid: number;
  command: string;
}

const lookEveryMs = 200;
const graceMs = 1000;
const pollMs = 50;

/**
 * Knows which processes are builders of a running nix, so that those which outlive it can be named. Each builder leads a session
 * of its own, and its children stay in that session when it dies and nix with it.
 *
 * The number of an activity tells which process builds: nix or a worker of its daemon (its pid is the upper half; Logger::startActivity
 * in src/libutil/logging.cc of nix).
 */
export class BuilderWatch {
  readonly #nixPids = new Set<number>();
  readonly #leaders = new Set<number>();
  /** A number from another pid namespace may be that of an older process here. */
  readonly #sinceSeconds = uptimeSeconds() ?? 0;
  #lookedAt = Number.NEGATIVE_INFINITY;

  /** A derivation begins to be built by this activity. */
  buildStarted(activityId: string): void {
    const pid = Number(BigInt(activityId) >> 32n);
    if (pid > 1) this.#nixPids.add(pid);
    if (performance.now() - this.#lookedAt >= lookEveryMs) this.look();
  }

  /** Looks which builders run now. */
  look(): void {
    if (this.#nixPids.size === 0) return;
    this.#lookedAt = performance.now();
    if (process.platform === "linux") this.#take(readProc());
    else void readProcessTable().then((table) => this.#take(table));
  }

  #take(table: readonly TableEntry[]): void {
    for (const { pid, parent, group, startedAtSeconds = Infinity } of table) {
      const isOurs = this.#nixPids.has(parent) && startedAtSeconds >= Math.floor(this.#sinceSeconds);
      if (pid === group && isOurs) this.#leaders.add(pid);
    }
  }

  /** nix has ended: what of its builders still runs, after a moment for those that are being ended. */
  async left(): Promise<LeftProcess[]> {
    if (this.#leaders.size === 0) return [];
    const deadline = performance.now() + graceMs;
    for (;;) {
      const left = (await readProcessTable()).filter(({ group }) => this.#leaders.has(group));
      if (left.length === 0 || performance.now() > deadline)
        return left.map(({ pid, command }) => ({ pid, command }));
      await sleep(pollMs);
    }
  }
}
