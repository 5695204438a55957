import { access, readFile, rm } from "node:fs/promises";
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

const comment = (mark: string) => `# sysinit-lease: ${mark}`;

/**
 * A template with the mark, which the instance then has from its first moment: limactl writes what it reads as it is. At the
 * end, where it changes the number of no line in what limactl says of the template.
 */
export function withMark(template: string, mark: string): string {
  return `${template}${template.endsWith("\n") ? "" : "\n"}${comment(mark)}\n`;
}

/** Whether limactl merges a template with a base, its own or the user's (pkg/limatmpl/embed.go): the mark is lost then. */
export async function isMerged(home: string, template: string): Promise<boolean> {
  if (/\bbase["']?\s*:/.test(template)) return true;
  return await access(join(home, "_config", "base.yaml")).then(
    () => true,
    () => false,
  );
}

/** Whether the instance was made from a template with that mark. */
export async function wasMadeWithMark(home: string, name: string, mark: string): Promise<boolean> {
  const template = join(instanceDirectory(home, name), "lima.yaml");
  const text = await readFile(template, "utf8").catch(() => "");
  return text.split("\n").includes(comment(mark));
}
