import { realpath } from "node:fs/promises";
import { basename, dirname, join, resolve } from "node:path";

export interface LimaHomesOptions {
  directory: string;
  /** Homes of Lima whose instances may need images. */
  limaHomes?: readonly string[] | undefined;
  env?: Readonly<Record<string, string | undefined>> | undefined;
}

/**
 * The homes of Lima to look at: by default the directory above the images, when they lie in `_images`, and the one that
 * the environment names (`LIMA_HOME`, else `~/.lima`). Each is looked at once.
 */
export async function limaHomesOf(options: LimaHomesOptions): Promise<string[]> {
  const { LIMA_HOME: limaHome, HOME: home } = options.env ?? process.env;
  const directory = resolve(options.directory);
  const homes = options.limaHomes ?? [
    ...(basename(directory) === "_images" ? [dirname(directory)] : []),
    ...(limaHome ? [limaHome] : home ? [join(home, ".lima")] : []),
  ];
  const real = await Promise.all(homes.map(async (path) => await realpath(path).catch(() => resolve(path))));
  return [...new Set(real)];
}
