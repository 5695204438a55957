import { writeFileSync } from "node:fs";
import { mkdir, writeFile } from "node:fs/promises";
import { dirname } from "node:path";

/**
 * Writes a report to a file, or to a descriptor that was open when we began (/dev/fd/N). The latter is not opened again:
 * who opened it may have had rights that we do not have.
 */
export async function writeReportFile(file: string, text: string): Promise<void> {
  const descriptor = /^\/dev\/fd\/(\d+)$/.exec(file)?.[1];
  if (descriptor !== undefined) return writeFileSync(Number(descriptor), text);
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, text);
}
