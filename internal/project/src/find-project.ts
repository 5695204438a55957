import { existsSync, realpathSync, statSync } from "node:fs";
import { dirname, join } from "node:path";

import { instanceName, projectName } from "./instance-name.ts";

/** The file that makes a folder a project. */
export const configFileName = "lima-cli.yaml";

/** A project: a folder with a lima-cli.yaml. */
export interface Project {
  /** The folder, absolute, links resolved. */
  root: string;
  /** Its lima-cli.yaml. */
  file: string;
  /** The name of its image in the store. */
  name: string;
  /** The name of its VM. */
  instance: string;
}

/**
 * The project that a folder belongs to: the nearest lima-cli.yaml upward, no further than the root of the git work tree.
 * Outside of one only the folder itself is looked at, since a file in `/tmp`, say, may be anybody's.
 */
export function findProject(directory: string): Project | undefined {
  const start = realpathSync(directory);
  const gitRoot = findUpward(start, (folder) => existsSync(join(folder, ".git")));
  const root = findUpward(start, (folder) => isFile(join(folder, configFileName)), gitRoot ?? start);
  if (root === undefined) return undefined;
  return { root, file: join(root, configFileName), name: projectName(root), instance: instanceName(root) };
}

function findUpward(start: string, isIt: (folder: string) => boolean, last?: string): string | undefined {
  for (let folder = start; ; folder = dirname(folder)) {
    if (isIt(folder)) return folder;
    if (folder === last || folder === dirname(folder)) return undefined;
  }
}

const isFile = (path: string) => statSync(path, { throwIfNoEntry: false })?.isFile() === true;
