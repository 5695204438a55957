import { writeFileSync } from "node:fs";
import { appendFile, mkdir, stat, writeFile } from "node:fs/promises";
import { dirname } from "node:path";

import { writeFileAtomic } from "@sysinit-internal/files";

/**
 * Writes a report to a file, or to a descriptor that was open when we began (/dev/fd/N). The latter is not opened again:
 * who opened it may have had rights that we do not have.
 */
export async function writeReportFile(file: string, text: string): Promise<void> {
  const descriptor = /^\/dev\/fd\/(\d+)$/.exec(file)?.[1];
  if (descriptor !== undefined) return writeFileSync(Number(descriptor), text);
  // A pipe or a device is written to; nothing may take its place.
  if ((await stat(file).catch(() => undefined))?.isFile() === false) return await writeFile(file, text);
  await mkdir(dirname(file), { recursive: true });
  await writeFileAtomic(file, text);
}

/** Adds to a file that others write to as well. */
export async function appendReportFile(file: string, text: string): Promise<void> {
  await appendFile(file, text);
}
