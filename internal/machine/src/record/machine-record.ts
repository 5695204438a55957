import { readFile } from "node:fs/promises";
import { join } from "node:path";

/** What a VM was made of, as far as a later run compares it. */
export interface MadeOf {
  image: {
    /** What the settings said; null when nobody named one. */
    reference: string | null;
    /** What was built, when it was built. */
    installable?: string;
    /** In hex. */
    sha256?: string;
    /** Name and generation in the store. */
    stored?: { name: string; generation: number };
  };
  /** The nix files of a flake of this machine, by path, with their digests. */
  flakeFiles: Record<string, string>;
  /** The values of the template, without the image. */
  template: Record<string, unknown>;
  checks: unknown[];
}

/** A file as it was when everything was in order. */
export interface FileMark {
  path: string;
  /** Absent when there was no such file. */
  mtimeMs?: number;
  sizeBytes?: number;
}

/** A process of the VM that was seen ready. */
export interface ProcessMark {
  /** Its pid file, as "ha.pid". */
  file: string;
  pid: number;
  mtimeMs: number;
}

/**
 * What we remember of a VM that `up` or `run` made, in its directory: it goes with the VM, and one that somebody makes anew
 * under the same name has none.
 */
export interface MachineRecord {
  schema: 1;
  name: string;
  createdAt: string;
  /** After this time `sweep` may delete it. */
  expiresAt?: string;
  /** Who made it: the folder of a project, or a user of this machine. */
  owner: string;
  project?: string;
  /** Of a VM of no project: the flags that it was made with, and where, so that it is compared with them later. */
  given?: { flags: Record<string, string | undefined>; directory: string };
  madeOf: MadeOf;
  /** With which the VM is as wanted and ready; absent when something has changed, or not all of it can be seen in files. */
  asWanted?: { files: FileMark[]; settingsDigest: string; processes: ProcessMark[] };
}

const fileName = "sysinit-machine.json";

/** The record of an instance; undefined when there is none, or one that is another instance's or another version's. */
export async function readMachineRecord(name: string, dir: string): Promise<MachineRecord | undefined> {
  try {
    return asRecord(name, await readFile(join(dir, fileName), "utf8"));
  } catch {
    return undefined;
  }
}

/** The same for the text of its file. A clone has the file of the instance that it was made of, and that has another name. */
export function asRecord(name: string, text: string): MachineRecord | undefined {
  const record = JSON.parse(text) as Partial<MachineRecord> | null;
  const known = record?.schema === 1 && record.name === name && record.madeOf !== undefined;
  return known ? (record as MachineRecord) : undefined;
}

export const recordFile = (dir: string): string => join(dir, fileName);
