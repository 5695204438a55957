import { readFile, readdir, stat } from "node:fs/promises";
import { join } from "node:path";

import { checkDurations, pause } from "./durations.ts";
import { instanceNamesOnDisk } from "./instances/instance-directory.ts";
import type { InstanceRecord } from "./instances/instance-record.ts";
import type { LimaContext } from "./lima-context.ts";
import { listInstances } from "./limactl/list.ts";
import type { CallOptions } from "./handles/options.ts";

/** What became of an instance. */
export type InstanceEvent =
  { type: "added" | "changed"; name: string; record: InstanceRecord } | { type: "removed"; name: string };

export interface WatchOptions extends CallOptions {
  /** How often it is looked; 1 second by default. */
  intervalMs?: number | undefined;
}

/**
 * The instances of a LIMA_HOME as they come, change and go; see `Lima.watch`. limactl is only asked when something in
 * their directories has changed, and not `limactl watch`, which is of Lima 2.1 and tells of host agents alone.
 */
export async function* watch(
  context: LimaContext,
  { signal, intervalMs = 1_000 }: WatchOptions = {},
): AsyncGenerator<InstanceEvent> {
  checkDurations({ intervalMs });
  let seen: string | undefined;
  let known = new Map<string, InstanceRecord>();
  while (signal?.aborted !== true) {
    const now = await signature(context.home);
    if (now !== seen) {
      const listed = await listInstances(context, undefined, signal).catch((error: unknown) => {
        if (signal?.aborted) return [];
        throw error;
      });
      const records = new Map(listed.map((record) => [record.name, record] as const));
      for (const event of changes(known, records)) {
        if (signal?.aborted) return;
        yield event;
      }
      known = records;
      // A directory that changed meanwhile has another signature at the next look.
      seen = now;
    }
    await pause(intervalMs, signal);
  }
}

/** What is different between two looks. */
export function changes(
  before: ReadonlyMap<string, InstanceRecord>,
  after: ReadonlyMap<string, InstanceRecord>,
): InstanceEvent[] {
  const events: InstanceEvent[] = [];
  for (const name of before.keys()) if (!after.has(name)) events.push({ type: "removed", name });
  for (const [name, record] of after) {
    const old = before.get(name);
    if (old === undefined) events.push({ type: "added", name, record });
    else if (JSON.stringify(old) !== JSON.stringify(record)) events.push({ type: "changed", name, record });
  }
  return events;
}

/** A text that is another one when limactl may have something else to tell. */
async function signature(home: string): Promise<string> {
  const names = await instanceNamesOnDisk(home);
  return (await Promise.all(names.map((name) => directorySignature(join(home, name))))).join("\n");
}

async function directorySignature(dir: string): Promise<string> {
  const files = await readdir(dir).catch(() => []);
  const telling = files.filter((file) => /\.(?:pid|sock)$|^(?:protected|lima\.yaml)$/.test(file)).sort();
  const parts = telling.map(async (file) => {
    const { mtimeMs } = await stat(join(dir, file)).catch(() => ({ mtimeMs: 0 }));
    return `${file} ${mtimeMs}${file.endsWith(".pid") ? await pidSignature(join(dir, file)) : ""}`;
  });
  return [dir, ...(await Promise.all(parts))].join(" ");
}

/** Whether the process of a pid file lives: one that was killed leaves the file as it is. */
async function pidSignature(file: string): Promise<string> {
  const pid = Number(await readFile(file, "utf8").catch(() => ""));
  try {
    process.kill(pid, 0);
    return " lives";
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM" ? " lives" : " is gone";
  }
}
