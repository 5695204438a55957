import { readFileSync } from "node:fs";

import { asRecord, recordFile, type MachineRecord } from "../record/machine-record.ts";
import { fileMark, processMarks } from "./run-marks.ts";

/**
 * Whether a VM runs and is as wanted, by files alone: the processes are those that were seen ready, and no file that decides
 * what is wanted has changed since. Asks no tool, so that an `up` that has nothing to do costs next to nothing; undefined
 * says only that a closer look is needed.
 *
 * @param digest Of what the command line and the environment say; see `settingsDigest`.
 */
export function quickLook(name: string, dir: string, digest: string): MachineRecord | undefined {
  let record: MachineRecord | undefined;
  try {
    record = asRecord(name, readFileSync(recordFile(dir), "utf8"));
  } catch {
    return undefined;
  }
  const { asWanted } = record ?? {};
  if (asWanted?.settingsDigest !== digest) return undefined;
  if (!isSame(processMarks(dir), asWanted.processes)) return undefined;
  return asWanted.files.every((mark) => isSame(fileMark(mark.path), mark)) ? record : undefined;
}

const isSame = (one: unknown, other: unknown) => JSON.stringify(one) === JSON.stringify(other);
