import { activity } from "../nix/internal-json.ts";

/** A download that nix has under way. */
interface Transfer {
  doneBytes: number;
  totalBytes: number;
  /** Whether nix's own total covers it: a file of a store path, not a flake input. */
  isStorePath: boolean;
}

/**
 * Bytes over the network. nix says beforehand how much the store paths will take, flake inputs come on top;
 * small questions to the cache and what a builder downloads are left out.
 */
export class Downloads {
  readonly #transfers = new Map<string, Transfer>();
  readonly #announced = new Map<string, number>();
  #finishedBytes = 0;
  #finishedInputBytes = 0;
  #shownBytes = 0;

  /** A file transfer begins; `parentType` is the type of the activity it belongs to. */
  start(id: string, url: string, parentType: number | undefined): void {
    if (parentType !== undefined && parentType !== activity.copyPath && parentType !== activity.unknown)
      return;
    if (/\/nix-cache-info$|\.narinfo$/.test(url)) return;
    this.#transfers.set(id, { doneBytes: 0, totalBytes: 0, isStorePath: parentType === activity.copyPath });
  }

  /** Returns whether it was a download that counts. */
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
    this.#finishedBytes += transfer.doneBytes;
    if (!transfer.isStorePath) this.#finishedInputBytes += transfer.doneBytes;
    return true;
  }

  /** The activity `id` expects this many bytes to be downloaded below it. */
  expect(id: string, bytes: number): void {
    this.#announced.set(id, bytes);
  }

  get downloadedBytes(): number {
    const running = [...this.#transfers.values()].reduce((sum, { doneBytes }) => sum + doneBytes, 0);
    // A transfer that starts over must not make the figure go back.
    this.#shownBytes = Math.max(this.#shownBytes, this.#finishedBytes + running);
    return this.#shownBytes;
  }

  /** Undefined while nothing is known to download; never less than what has come already. */
  get totalBytes(): number | undefined {
    const announced = [...this.#announced.values()].reduce((sum, bytes) => sum + bytes, 0);
    const inputs = [...this.#transfers.values()]
      .filter(({ isStorePath }) => !isStorePath)
      .reduce((sum, { doneBytes, totalBytes }) => sum + Math.max(doneBytes, totalBytes), 0);
    const total = Math.max(announced + inputs + this.#finishedInputBytes, this.downloadedBytes);
    return total === 0 ? undefined : total;
  }
}
