import { withLock } from "@sysinit-internal/files";
import { realpath } from "node:fs/promises";

import { fromLock, fromSystem, throwIfAborted } from "../errors/from-system.ts";
import { ImageStoreError } from "../errors/image-store-error.ts";
import type { Emit } from "../events/emitter.ts";
import type { StoreEvent } from "../events/store-event.ts";
import { undoHalfPublished } from "../publish/undo-half-published.ts";
import { prepareStore, type WorkArea } from "./work-area.ts";

/** What every verb that writes to the store takes. */
export interface StoreOptions {
  /** Where the store is. See `imagesDirectory`. */
  directory: string;
  /** How long to wait for another process that uses the store; 10 minutes by default. */
  lockTimeoutMs?: number | undefined;
  signal?: AbortSignal | undefined;
  onEvent?: ((event: StoreEvent) => void) | undefined;
}

/** The store while nobody else writes to it. */
export interface LockedStore {
  /** The real path: on a Mac, Lima clones a link as a link. */
  readonly directory: string;
  readonly area: WorkArea;
}

const defaultLockTimeoutMs = 10 * 60_000;

/**
 * Does work in the store while nobody else writes to it. The directory is made when it is not there, and what killed
 * processes left half done is taken back first.
 *
 * @throws ImageStoreError DIRECTORY_NOT_WRITABLE, DIRECTORY_UNSAFE, LOCKED, ABORTED, IO_FAILED, and what `work` throws
 */
export async function withStoreLock<Result>(
  options: StoreOptions,
  emit: Emit,
  work: (store: LockedStore) => Promise<Result>,
): Promise<Result> {
  const { signal, lockTimeoutMs: timeoutMs = defaultLockTimeoutMs } = options;
  throwIfAborted(signal);
  await prepareStore(options.directory);
  const directory = await realpath(options.directory);
  const area = await prepareStore(directory);
  const onWait = (holderPid: number | undefined) =>
    emit({ type: "waiting-for-lock", ...(holderPid === undefined ? {} : { holderPid }) });
  try {
    return await withLock(area.lock, { signal, timeoutMs, onWait }, async () => {
      await undoHalfPublished(directory, area);
      return await work({ directory, area });
    });
  } catch (error) {
    const known = fromLock(error, signal);
    throw ImageStoreError.is(known) ? known : fromSystem(known, "work in", options.directory);
  }
}
