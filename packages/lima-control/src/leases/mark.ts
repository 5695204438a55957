import { readFile, rm } from "node:fs/promises";
import { join } from "node:path";

import { writeFileAtomic } from "@sysinit-internal/files";

import { instanceDirectory } from "../instances/instance-directory.ts";

// A file in the directory of the instance. It goes with it: an instance that somebody deletes and makes anew has none.
const markFile = (home: string, name: string) => join(instanceDirectory(home, name), "sysinit-lease");

export async function writeMark(home: string, name: string, mark: string): Promise<void> {
  await writeFileAtomic(markFile(home, name), `${mark}\n`, { mode: 0o600 });
}

/** Whether the instance carries that mark; one whose mark cannot be read does not. */
export async function carriesMark(home: string, name: string, mark: string): Promise<boolean> {
  const text = await readFile(markFile(home, name), "utf8").catch(() => "");
  return text.trim() === mark;
}

export async function removeMark(home: string, name: string): Promise<void> {
  await rm(markFile(home, name), { force: true });
}
