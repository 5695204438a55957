import { writeFileAtomic } from "@sysinit-internal/files";

import { recordFile, type MachineRecord } from "./machine-record.ts";

/** Writes the record into the directory of its instance. */
export async function writeMachineRecord(dir: string, record: MachineRecord): Promise<void> {
  await writeFileAtomic(recordFile(dir), `${JSON.stringify(record)}\n`, { mode: 0o600 });
}
