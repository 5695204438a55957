import { randomUUID } from "node:crypto";
import { readdir, rm, stat } from "node:fs/promises";
import { join } from "node:path";

import {
  isSameProcessAlive,
  processIdentity,
  processIdentitySchema,
  readJsonFile,
  writeFileAtomic,
} from "@sysinit-internal/files";
import { z } from "zod";

import { homeUnusable } from "../failures/home-unusable.ts";
import { instanceDirectory, instanceOnDisk } from "../instances/instance-directory.ts";
import { makeOwnDirectory, ownDirectory } from "../locks/instance-lock.ts";
import type { LimaContext } from "../lima-context.ts";
import { carriesMark, removeMark, wasMadeWithMark, writeMark } from "./mark.ts";

const leaseSchema = z.object({
  schema: z.literal(1),
  name: z.string(),
  /** The process that will delete the instance. */
  process: processIdentitySchema,
  /** Who that is, for people. */
  owner: z.string().optional(),
  createdAt: z.string(),
  /** The instance that it is a clone of. */
  from: z.string().optional(),
  /** Whether its template is merged with another, which loses the mark in it. */
  merged: z.boolean().optional(),
  /** What the instance of this lease carries; see `mark.ts`. */
  mark: z.uuid(),
  /** Whether the instance has been made and carries the mark. */
  marked: z.boolean(),
});

/** Says that a process has made an instance and means to delete it. Written before the instance is there. */
export type Lease = z.output<typeof leaseSchema>;

const suffix = ".json";

function leaseFile(home: string, name: string): string {
  return join(ownDirectory(home, "leases"), `${name}${suffix}`);
}

/** Writes the lease of this process for an instance that is about to be made, where there is none of that name. */
export async function writeLease(
  context: LimaContext,
  name: string,
  made: Pick<Lease, "from" | "merged">,
): Promise<Lease> {
  await makeOwnDirectory(context.home, "leases");
  const lease: Lease = {
    schema: 1,
    name,
    process: await processIdentity(),
    createdAt: new Date().toISOString(),
    mark: randomUUID(),
    marked: false,
    ...made,
    ...(context.owner === undefined ? {} : { owner: context.owner }),
  };
  await saveLease(context.home, lease);
  return lease;
}

/** Marks the instance that was made under this lease, so that another one of the same name is never taken for it. */
export async function markInstance(home: string, lease: Lease): Promise<void> {
  await writeMark(home, lease.name, lease.mark).catch((cause: unknown) => {
    throw homeUnusable(home, cause);
  });
  await saveLease(home, { ...lease, marked: true });
}

/** Writes the lease of an instance once more, for the name that it is about to get; its mark goes with it. */
export async function copyLease(home: string, name: string, newName: string): Promise<void> {
  const lease = await readLease(home, name);
  if (lease !== undefined) await saveLease(home, { ...lease, name: newName });
}

async function saveLease(home: string, lease: Lease): Promise<void> {
  try {
    await writeFileAtomic(leaseFile(home, lease.name), `${JSON.stringify(lease, undefined, 2)}\n`, {
      mode: 0o600,
    });
  } catch (cause) {
    throw homeUnusable(home, cause);
  }
}

/**
 * Whether the instance that has the name of the lease is the one that was made under it. One whose creation was cut off
 * before it got the file of its mark has the mark in its template; a clone has the template of another, a template that was
 * merged has lost it, and a directory without a template has none, so these are known by when they were made.
 */
export async function isOfLease(home: string, lease: Lease): Promise<boolean> {
  const { name, mark, marked, from, merged = false } = lease;
  if (await carriesMark(home, name, mark)) return true;
  if (marked) return false;
  const hasOwnTemplate = from === undefined && !merged && (await instanceOnDisk(home, name)) === "whole";
  return hasOwnTemplate ? await wasMadeWithMark(home, name, mark) : await isAsOld(home, lease);
}

// limactl makes the directory of a clone right after its start, which may be slow on a machine that does much.
const slowestStartMs = 60_000;
// File systems round.
const clockGrainMs = 2_000;

/** Whether the directory was made when its creation under the lease was on its way; also where the file system does not say. */
async function isAsOld(home: string, { name, createdAt }: Lease): Promise<boolean> {
  const born = await stat(instanceDirectory(home, name)).then(
    ({ birthtimeMs }) => birthtimeMs,
    () => 0,
  );
  const ageMs = born - Date.parse(createdAt);
  return born === 0 || (ageMs >= -clockGrainMs && ageMs <= slowestStartMs);
}

/** Whether another instance than that with this mark has the name now. */
export async function isReplaced(home: string, name: string, mark: string): Promise<boolean> {
  return (await instanceOnDisk(home, name)) === "whole" && !(await carriesMark(home, name, mark));
}

/** The lease of an instance; undefined when there is none, or one that this version cannot read. */
export async function readLease(home: string, name: string): Promise<Lease | undefined> {
  try {
    const lease = await readJsonFile(leaseFile(home, name), leaseSchema);
    return lease.name === name ? lease : undefined;
  } catch {
    return undefined;
  }
}

/** Removes the lease, if there is one: the instance then belongs to the user. */
export async function removeLease(home: string, name: string): Promise<void> {
  await endLease(home, name);
  await removeMark(home, name);
}

/** Removes the lease alone: the instance stays when this process dies, and still carries the mark by which its handle knows it. */
export async function endLease(home: string, name: string): Promise<void> {
  await rm(leaseFile(home, name), { force: true });
}

/** Removes the lease and the mark of one instance, and leaves those of another that has its name now. */
export async function giveUpLease(home: string, name: string, mark: string): Promise<void> {
  if ((await readLease(home, name))?.mark === mark) await endLease(home, name);
  if (await carriesMark(home, name, mark)) await removeMark(home, name);
}

/** The names for which there are leases. */
export async function leasedNames(home: string): Promise<string[]> {
  try {
    const files = await readdir(ownDirectory(home, "leases"));
    return files
      .filter((file) => file.endsWith(suffix) && !file.startsWith("."))
      .map((file) => file.slice(0, -suffix.length))
      .sort();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return [];
    throw homeUnusable(home, error, "read");
  }
}

/** The names of which a lease was just being written when its writer was killed, with the files that are left of that. */
export async function tornLeases(home: string): Promise<{ name: string; file: string }[]> {
  const files = await readdir(ownDirectory(home, "leases")).catch(() => []);
  return files.flatMap((file) => {
    const name = /^\.(.+)\.json\.[0-9a-f-]{36}\.tmp$/.exec(file)?.[1];
    return name === undefined ? [] : [{ name, file: join(ownDirectory(home, "leases"), file) }];
  });
}

/** Whether the process that holds the lease is gone, so that nobody will delete the instance any more. */
export async function isAbandoned(lease: Lease): Promise<boolean> {
  return !(await isSameProcessAlive(lease.process));
}
