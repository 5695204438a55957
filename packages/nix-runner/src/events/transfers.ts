import { derivationName } from "../nix/derivation.ts";
import { activity, type RecordField } from "../nix/internal-json.ts";
import type { RunningTransfer } from "./build-event.ts";
import { SpeedMeter } from "./speed-meter.ts";

interface Transfer {
  name: string;
  url: string;
  direction: "in" | "out";
  doneBytes: number;
  totalBytes: number;
  startedAtMs: number;
  /** Whether nix's own total covers it: a file of a store path, not a flake input. */
  isAnnounced: boolean;
}

/** The activity that a file transfer belongs to. */
export interface ParentActivity {
  type: number;
  /** Store path that is copied. */
  storePath: string | undefined;
}

const mostShown = 64;

/**
 * Bytes over the network. nix says beforehand how much the store paths will take; flake inputs, and what comes from a machine
 * that builds for this one, are added. Small questions to the cache and what a builder downloads are left out.
 */
export class Transfers {
  readonly #transfers = new Map<string, Transfer>();
  readonly #announced = new Map<string, number>();
  readonly #speed = new SpeedMeter();
  #finishedBytes = 0;
  #finishedUnannouncedBytes = 0;
  #shownBytes = 0;

  /** A file transfer begins below `parent`. */
  startFile(id: string, url: string, parent: ParentActivity | undefined, atMs: number): void {
    const isStorePath = parent?.type === activity.copyPath;
    if (parent !== undefined && !isStorePath && parent.type !== activity.unknown) return;
    if (/\/nix-cache-info$|\.narinfo$/.test(url)) return;
    const name =
      parent?.storePath === undefined
        ? url.slice(url.lastIndexOf("/") + 1)
        : derivationName(parent.storePath);
    this.#start(id, { name, url, direction: "in", startedAtMs: atMs, isAnnounced: isStorePath });
  }

  /** A store path begins to be copied between stores. Counts, and returns where to, when one of them is on another machine. */
  startCopy(
    id: string,
    storePath: string,
    from: RecordField | undefined,
    to: RecordField | undefined,
    atMs: number,
  ): "in" | "out" | undefined {
    const direction = isOnAnotherMachine(from) ? "in" : isOnAnotherMachine(to) ? "out" : undefined;
    if (direction === undefined) return undefined;
    const url = String(direction === "in" ? from : to);
    const name = derivationName(storePath);
    this.#start(id, { name, url, direction, startedAtMs: atMs, isAnnounced: false });
    return direction;
  }

  #start(id: string, transfer: Omit<Transfer, "doneBytes" | "totalBytes">): void {
    if (this.#incoming().length === 0) this.#speed.reset();
    this.#transfers.set(id, { ...transfer, doneBytes: 0, totalBytes: 0 });
  }

  /** Returns whether it was a transfer that counts. */
  progress(id: string, doneBytes: number, totalBytes: number): boolean {
    const transfer = this.#transfers.get(id);
    if (transfer === undefined) return false;
    transfer.doneBytes = Math.max(transfer.doneBytes, doneBytes);
    transfer.totalBytes = Math.max(transfer.totalBytes, totalBytes);
    return true;
  }

  stop(id: string): boolean {
    const transfer = this.#transfers.get(id);
    if (transfer === undefined) return false;
    this.#transfers.delete(id);
    if (transfer.direction === "out") return true;
    this.#finishedBytes += transfer.doneBytes;
    if (!transfer.isAnnounced) this.#finishedUnannouncedBytes += transfer.doneBytes;
    return true;
  }

  /** nix is gone. */
  close(): void {
    for (const id of [...this.#transfers.keys()]) this.stop(id);
  }

  /** The activity `id` expects this many bytes to be downloaded below it. */
  expect(id: string, bytes: number): void {
    this.#announced.set(id, bytes);
  }

  get isIdle(): boolean {
    return this.#transfers.size === 0;
  }

  get downloadedBytes(): number {
    const running = this.#incoming().reduce((sum, { doneBytes }) => sum + doneBytes, 0);
    // A transfer that starts over must not make the figure go back.
    this.#shownBytes = Math.max(this.#shownBytes, this.#finishedBytes + running);
    return this.#shownBytes;
  }

  /** Undefined while nothing is known to download; never less than what has come already. */
  get totalBytes(): number | undefined {
    const announced = [...this.#announced.values()].reduce((sum, bytes) => sum + bytes, 0);
    const unannounced = this.#incoming()
      .filter(({ isAnnounced }) => !isAnnounced)
      .reduce((sum, { doneBytes, totalBytes }) => sum + Math.max(doneBytes, totalBytes), 0);
    const total = Math.max(announced + unannounced + this.#finishedUnannouncedBytes, this.downloadedBytes);
    return total === 0 ? undefined : total;
  }

  /** Undefined while nothing is downloaded, and at first. */
  bytesPerSecond(atMs: number): number | undefined {
    if (this.#incoming().length === 0) return undefined;
    this.#speed.sample(atMs, this.downloadedBytes);
    return this.#speed.bytesPerSecond;
  }

  running(atMs: number): RunningTransfer[] {
    return [...this.#transfers.values()]
      .slice(0, mostShown)
      .map(({ name, url, direction, doneBytes, totalBytes, startedAtMs }) => ({
        name,
        url,
        direction,
        doneBytes,
        ...(totalBytes === 0 ? {} : { totalBytes: Math.max(totalBytes, doneBytes) }),
        elapsedMs: atMs - startedAtMs,
      }));
  }

  #incoming(): Transfer[] {
    return [...this.#transfers.values()].filter(({ direction }) => direction === "in");
  }
}

function isOnAnotherMachine(store: RecordField | undefined): boolean {
  return typeof store === "string" && /^ssh(?:-ng)?:\/\//.test(store);
}
