import type { FileHandle } from "node:fs/promises";
import { dirname } from "node:path";

/** What was asked of the file system, in order; files are told by their inode. */
export type Operation =
  | { type: "write"; inode: number }
  | { type: "sync"; inode: number }
  | { type: "sync-directory"; directory: string }
  | { type: "name"; changes: readonly NameChange[] };

/** A name that leads to something else afterwards: an inode, the text of a link, or nothing. */
export interface NameChange {
  path: string;
  to: number | string | undefined;
}

type FsPromises = typeof import("node:fs/promises");

/** The real file system, writing down what it is asked for. */
export function recordingFileSystem(real: FsPromises, journal: Operation[]): FsPromises {
  const at = async (path: string) => {
    const stats = await real.lstat(path).catch(() => undefined);
    if (stats?.isSymbolicLink()) return await real.readlink(path);
    return stats?.ino;
  };
  const names = (...changes: NameChange[]) => void journal.push({ type: "name", changes });
  return {
    ...real,
    async open(path, flags, mode) {
      const handle = await real.open(path, flags, mode);
      const stats = await handle.stat();
      if (stats.isDirectory()) recordDirectory(handle, String(path), journal);
      else {
        if (typeof flags === "string" && flags.startsWith("wx")) names({ path: String(path), to: stats.ino });
        recordFile(handle, stats.ino, journal);
      }
      return handle;
    },
    async link(from, to) {
      await real.link(from, to);
      names({ path: String(to), to: await at(String(to)) });
    },
    async symlink(target, path, type) {
      await real.symlink(target, path, type);
      names({ path: String(path), to: String(target) });
    },
    async rename(from, to) {
      const what = await at(String(from));
      await real.rename(from, to);
      // In one transaction, also between two directories.
      names({ path: String(from), to: undefined }, { path: String(to), to: what });
    },
    async unlink(path) {
      await real.unlink(path);
      names({ path: String(path), to: undefined });
    },
  };
}

function recordFile(handle: FileHandle, inode: number, journal: Operation[]): void {
  const { write, writeFile, truncate, sync, datasync } = handle;
  const wrote = () => void journal.push({ type: "write", inode });
  Object.assign(handle, {
    write: (...args: Parameters<typeof write>) => (wrote(), write.apply(handle, args)),
    writeFile: (...args: Parameters<typeof writeFile>) => (wrote(), writeFile.apply(handle, args)),
    truncate: (...args: Parameters<typeof truncate>) => (wrote(), truncate.apply(handle, args)),
    sync: () => sync.call(handle).then(() => void journal.push({ type: "sync", inode })),
    datasync: () => datasync.call(handle),
  });
}

function recordDirectory(handle: FileHandle, directory: string, journal: Operation[]): void {
  const { sync } = handle;
  Object.assign(handle, {
    sync: () => sync.call(handle).then(() => void journal.push({ type: "sync-directory", directory })),
  });
}

/** What may be on the disk after the power went at one moment. */
export interface DiskState {
  /** What names lead to. */
  names: ReadonlyMap<string, number | string>;
  /** Inodes whose content is as it was written. */
  whole: ReadonlySet<number>;
}

/**
 * All that may be on the disk when the power goes after so many operations: of names that were changed since their directory
 * was synced, any may have been written. Content that was not synced is lost.
 */
export function* statesAfter(
  before: DiskState,
  journal: readonly Operation[],
  operations: number,
): Generator<DiskState> {
  const names = new Map(before.names);
  const whole = new Set(before.whole);
  let pending: (readonly NameChange[])[] = [];
  for (const operation of journal.slice(0, operations)) {
    if (operation.type === "write") whole.delete(operation.inode);
    else if (operation.type === "sync") whole.add(operation.inode);
    else if (operation.type === "name") pending.push(operation.changes);
    else {
      const isIn = ({ path }: NameChange) => dirname(path) === operation.directory;
      for (const changes of pending.filter((each) => each.some(isIn))) apply(names, changes);
      pending = pending.filter((each) => !each.some(isIn));
    }
  }
  for (let choice = 0; choice < 2 ** pending.length; choice++) {
    const chosen = new Map(names);
    pending.filter((_, index) => ((choice >> index) & 1) === 1).forEach((changes) => apply(chosen, changes));
    yield { names: chosen, whole };
  }
}

function apply(names: Map<string, number | string>, changes: readonly NameChange[]): void {
  for (const { path, to } of changes) {
    if (to === undefined) names.delete(path);
    else names.set(path, to);
  }
}
