import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";

/** What of Lima's home can refer to images. */
export interface LimaFiles {
  /** Directories of instances. */
  instances: { name: string; directory: string }[];
  /** Templates of the user, and what Lima fills templates with: `_templates` and `_config`. */
  templates: string[];
  /** Directories of additional disks: `_disks/NAME`. */
  disks: { name: string; directory: string }[];
}

/** Lima's own names: what begins so is no instance (pkg/store, 2.2). */
const reserved = /^[._]/;

/** Lists Lima's home. One that does not exist has nothing in it. */
export async function listLimaHome(limaHome: string): Promise<LimaFiles> {
  const names = await namesIn(limaHome);
  const instances = await directories(
    limaHome,
    names.filter((name) => !reserved.test(name)),
  );
  const disks = await directories(join(limaHome, "_disks"), await namesIn(join(limaHome, "_disks")));
  const templates = [
    ...(await yamlFiles(join(limaHome, "_config"))),
    ...(await yamlFiles(join(limaHome, "_templates"))),
  ];
  return { instances, templates, disks };
}

async function namesIn(directory: string): Promise<string[]> {
  try {
    return (await readdir(directory)).sort();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return [];
    throw error;
  }
}

async function directories(
  parent: string,
  names: readonly string[],
): Promise<{ name: string; directory: string }[]> {
  const found: { name: string; directory: string }[] = [];
  for (const name of names) {
    const directory = join(parent, name);
    const stats = await stat(directory).catch((error: NodeJS.ErrnoException) => {
      // A link to nowhere is no instance, for Lima neither.
      if (error.code === "ENOENT") return undefined;
      throw error;
    });
    if (stats?.isDirectory()) found.push({ name, directory });
  }
  return found;
}

async function yamlFiles(directory: string): Promise<string[]> {
  const names = (await namesIn(directory)).length === 0 ? [] : await readdir(directory, { recursive: true });
  return names
    .filter((name) => /\.ya?ml$/.test(name))
    .sort()
    .map((name) => join(directory, name));
}
