import { createHash } from "node:crypto";
import { basename } from "node:path";

const longestBase = 24;

/** The name of a project for people and for the store: that of its folder, in the letters that Lima and the store take. */
export function projectName(root: string): string {
  const name = basename(root)
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .slice(0, longestBase)
    .replace(/^-+|-+$/g, "");
  return name === "" ? "project" : name;
}

/**
 * The name of the VM of a project: the same for every folder of it and at every time, and another one for each checkout, by
 * a hash of the path. Short, since sockets below LIMA_HOME must not have long paths.
 *
 * @param root The folder of lima-cli.yaml, absolute and with its links resolved.
 */
export function instanceName(root: string): string {
  return `${projectName(root)}-${createHash("sha256").update(root).digest("hex").slice(0, 6)}`;
}
