import { mkdir, writeFile } from "node:fs/promises";
import { dirname } from "node:path";

import type { Report } from "@sysinit-internal/acceptance";

export async function writeJson(file: string, report: Report): Promise<void> {
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, `${JSON.stringify(report, undefined, 2)}\n`);
}
