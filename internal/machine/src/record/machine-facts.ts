import { stat } from "node:fs/promises";
import { join } from "node:path";

import { readMachineRecord } from "./machine-record.ts";

/** Whose a VM is and how old, as far as it is known. */
export interface MachineFacts {
  /** The folder of its project, or who made it; undefined for one that was made by something else. */
  owner: string | undefined;
  createdAt: Date | undefined;
  expiresAt: Date | undefined;
  /** Whether its time is over. */
  isOver: boolean;
}

/** What our record says of an instance; of another one, what its files do. */
export async function machineFacts({ name, dir }: { name: string; dir: string }): Promise<MachineFacts> {
  const record = await readMachineRecord(name, dir);
  // Lima writes that file once, when it makes the instance.
  const made = record?.createdAt ?? (await stat(join(dir, "lima-version")).catch(() => undefined))?.mtime;
  const expiresAt = record?.expiresAt === undefined ? undefined : new Date(record.expiresAt);
  return {
    owner: record?.project ?? record?.owner,
    createdAt: made === undefined ? undefined : new Date(made),
    expiresAt,
    isOver: expiresAt !== undefined && expiresAt.getTime() <= Date.now(),
  };
}
