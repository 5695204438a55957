import { readdir, rm } from "node:fs/promises";
import { join } from "node:path";

import {
  isSameProcessAlive,
  processIdentity,
  processIdentitySchema,
  readJsonFile,
  writeFileAtomic,
} from "@sysinit-internal/files";
import { z } from "zod";

import { homeUnusable, makeOwnDirectory, ownDirectory } from "../locks/instance-lock.ts";
import type { LimaContext } from "../lima-context.ts";

const leaseSchema = z.object({
  schema: z.literal(1),
  name: z.string(),
  /** The process that will delete the instance. */
  process: processIdentitySchema,
  /** Who that is, for people. */
  owner: z.string().optional(),
  createdAt: z.string(),
});

/** Says that a process has made an instance and means to delete it. Written before the instance is there. */
export type Lease = z.output<typeof leaseSchema>;

const suffix = ".json";

function leaseFile(home: string, name: string): string {
  return join(ownDirectory(home, "leases"), `${name}${suffix}`);
}

/** Writes the lease of this process for an instance that is about to be made. */
export async function writeLease(context: LimaContext, name: string): Promise<void> {
  await makeOwnDirectory(context.home, "leases");
  const lease: Lease = {
    schema: 1,
    name,
    process: await processIdentity(),
    createdAt: new Date().toISOString(),
    ...(context.owner === undefined ? {} : { owner: context.owner }),
  };
  try {
    await writeFileAtomic(leaseFile(context.home, name), `${JSON.stringify(lease, undefined, 2)}\n`, {
      mode: 0o600,
    });
  } catch (cause) {
    throw homeUnusable(context.home, cause);
  }
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
  await rm(leaseFile(home, name), { force: true });
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
    throw error;
  }
}

/** Whether the process that holds the lease is gone, so that nobody will delete the instance any more. */
export async function isAbandoned(lease: Lease): Promise<boolean> {
  return !(await isSameProcessAlive(lease.process));
}
