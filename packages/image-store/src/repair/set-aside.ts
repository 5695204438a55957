import { syncDirectory } from "@sysinit-internal/files";
import { randomUUID } from "node:crypto";
import { mkdir, rename } from "node:fs/promises";
import { basename, dirname, join } from "node:path";

import type { LockedStore } from "../store/with-store-lock.ts";

/** Moves a record that is of no use any more out of the way. It is kept: a person may still read something out of it. */
export async function setRecordAside({ area }: LockedStore, path: string): Promise<void> {
  await mkdir(area.setAside, { recursive: true, mode: 0o700 });
  await rename(path, join(area.setAside, `${basename(path)}.${randomUUID()}`));
  await syncDirectory(dirname(path));
}
