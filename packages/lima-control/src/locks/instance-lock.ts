import { mkdir } from "node:fs/promises";
import { join } from "node:path";

import { FilesError, takeLock } from "@sysinit-internal/files";

import type { Teller } from "../events/teller.ts";
import { abortedError } from "../failures/aborted.ts";
import { homeUnusable } from "../failures/home-unusable.ts";
import { LimaControlError } from "../failures/lima-control-error.ts";
import type { LimaContext } from "../lima-context.ts";

/** Our own files in LIMA_HOME; Lima passes over names that begin with an underscore. */
export function ownDirectory(home: string, room: "leases" | "locks" | "logs"): string {
  return join(home, "_sysinit", room);
}

/** Makes one of our directories. @throws LimaControlError LIMA_HOME_UNUSABLE */
export async function makeOwnDirectory(home: string, room: "leases" | "locks" | "logs"): Promise<string> {
  const directory = ownDirectory(home, room);
  try {
    await mkdir(directory, { recursive: true, mode: 0o700 });
    return directory;
  } catch (cause) {
    throw homeUnusable(home, cause);
  }
}

export interface InstanceLockOptions {
  teller: Teller;
  signal?: AbortSignal | undefined;
  /** How long to wait for another holder; without it as long as that one lives. */
  waitMs?: number | undefined;
  /** Go on without a lock where the disk is full; for what ends a VM, and so makes room. */
  goOnWhenFull?: boolean | undefined;
}

/**
 * Runs `fn` while no other call on this instance does, in this process or another: limactl itself has no such lock.
 *
 * @throws LimaControlError INSTANCE_BUSY after `waitMs`, LIMA_HOME_UNUSABLE
 */
export async function withInstanceLock<Result>(
  context: LimaContext,
  name: string,
  options: InstanceLockOptions,
  fn: () => Promise<Result>,
): Promise<Result> {
  const release = await takeInstanceLock(context, name, options);
  try {
    return await fn();
  } finally {
    await release();
  }
}

/**
 * The same for two instances, in the order of their names, so that two such calls never wait for each other. `fn` may give
 * back the lock of one of them before it ends.
 */
export async function withTwoInstanceLocks<Result>(
  context: LimaContext,
  names: readonly [string, string],
  options: InstanceLockOptions,
  fn: (release: (name: string) => Promise<void>) => Promise<Result>,
): Promise<Result> {
  const [first, second] = [...names].sort() as [string, string];
  const releaseFirst = await takeInstanceLock(context, first, options);
  try {
    const releaseSecond = await takeInstanceLock(context, second, options);
    try {
      return await fn((name) => (name === first ? releaseFirst() : releaseSecond()));
    } finally {
      await releaseSecond();
    }
  } finally {
    await releaseFirst();
  }
}

async function takeInstanceLock(
  context: LimaContext,
  name: string,
  { teller, signal, waitMs, goOnWhenFull }: InstanceLockOptions,
): Promise<() => Promise<void>> {
  const path = join(await makeOwnDirectory(context.home, "locks"), `${name}.lock`);
  const waitingSince = performance.now();
  let holder = "another process";
  let waiting: NodeJS.Timeout | undefined;
  const say = () =>
    teller.tell({
      type: "waiting",
      text: `${holder} is working on instance ${name}`,
      elapsedMs: Math.round(performance.now() - waitingSince),
    });
  try {
    return await takeLock(path, {
      signal,
      timeoutMs: waitMs,
      goOnWhenFull,
      onWait: (pid) => {
        holder =
          pid === undefined ? "another process" : pid === process.pid ? "another call" : `process ${pid}`;
        say();
        waiting ??= setInterval(say, 15_000).unref();
      },
    });
  } catch (error) {
    if (signal?.aborted) throw abortedError(`waiting for instance ${name}`, signal);
    if (FilesError.is(error, "LOCK_TIMEOUT")) {
      throw new LimaControlError({
        code: "INSTANCE_BUSY",
        message: `instance ${name} is busy: ${holder} is creating, starting, stopping or deleting it`,
        hint: "Let it finish, or end it, and try again.",
        details: { ...error.details },
        cause: error,
      });
    }
    throw homeUnusable(context.home, error);
  } finally {
    clearInterval(waiting);
  }
}
