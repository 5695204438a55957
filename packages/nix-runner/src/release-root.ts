import { lstat, readdir, readlink, rmdir, unlink } from "node:fs/promises";
import { basename, join } from "node:path";

import { NixRunnerError } from "./errors.ts";
import { rootPrefix } from "./roots.ts";

/**
 * Removes a garbage collector root made by `build`; from then on nix may remove the output. A root that is gone is no error.
 * @throws NixRunnerError ROOT_NOT_OURS for anything that `build` did not make; it is left as it is
 */
export async function releaseRoot(root: string): Promise<void> {
  const notOurs = (why: string) =>
    new NixRunnerError({
      code: "ROOT_NOT_OURS",
      message: `${root} was left alone: ${why}`,
      hint: "pass the root of a build result",
      details: { root },
    });
  if (!basename(root).startsWith(rootPrefix)) throw notOurs("it is not named like a build root");
  let names: string[];
  try {
    if (!(await lstat(root)).isDirectory()) throw notOurs("it is not a directory");
    names = await readdir(root);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return;
    throw error;
  }
  const links = names.map((name) => join(root, name));
  for (const link of links) {
    const isLink = (await lstat(link)).isSymbolicLink();
    if (!isLink || !/^\/.*\/[0-9a-z]{32}-/.test(await readlink(link)))
      throw notOurs(`${link} is not a link into a nix store`);
  }
  for (const link of links) await unlink(link);
  await rmdir(root);
}
