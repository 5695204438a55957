import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { lstat, readdir, readlink, rmdir, unlink } from "node:fs/promises";
import { join, resolve } from "node:path";

import { NixRunnerError } from "../errors.ts";
import { ownerFile, ourOwnerText } from "./root-owner.ts";

/** How the folders are called that hold the links of one build. */
export const rootPrefix = "build-";

/** Where build roots are kept. */
export function rootsDirectory(stateDirectory: string): string {
  return join(resolve(stateDirectory), "roots");
}

/**
 * Makes the folder for the out-links of one build. Not below the temporary directory: what is cleaned there takes the root with
 * it, and the link must not be moved either, since nix knows it by its path.
 * @throws NixRunnerError OUT_LINK
 */
export function makeRoot(stateDirectory: string): string {
  const parent = rootsDirectory(stateDirectory);
  try {
    mkdirSync(parent, { recursive: true });
    return mkdtempSync(join(parent, rootPrefix));
  } catch (cause) {
    throw cannotBeMade(parent, cause);
  }
}

/** Writes into a root that it is ours; until then nobody removes it for a day. @throws NixRunnerError OUT_LINK */
export async function ownRoot(root: string): Promise<void> {
  try {
    const text = await ourOwnerText();
    // Before this process does anything else: killed while it loads what it needs next, it would leave a root of nobody.
    writeFileSync(join(root, ownerFile), text, { flag: "wx" });
  } catch (cause) {
    throw cannotBeMade(root, cause);
  }
}

function cannotBeMade(where: string, cause: unknown): NixRunnerError {
  return new NixRunnerError({
    code: "OUT_LINK",
    message: `the build's garbage collector root cannot be made in ${where}: ${(cause as NodeJS.ErrnoException).code}`,
    hint: "choose a stateDirectory that you may write to",
    details: { directory: where },
    cause,
  });
}

/** Lets a root outlive this process: from now on only `releaseRoot` removes it. */
export async function disownRoot(root: string): Promise<void> {
  await unlink(join(root, ownerFile));
}

/** Why a folder is no root of ours, in half a sentence; undefined when it is one, or is gone. */
export async function whyNotARoot(root: string): Promise<string | undefined> {
  try {
    if (!(await lstat(root)).isDirectory()) return "it is not a directory";
    for (const entry of await readdir(root, { withFileTypes: true })) {
      if (entry.name === ownerFile) continue;
      const link = join(root, entry.name);
      if (!entry.isSymbolicLink() || !/^\/.*\/[0-9a-z]{32}-/.test(await readlink(link)))
        return `${link} is not a link into a nix store`;
    }
    return undefined;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw error;
  }
}

/** Removes a root; one that is gone, or that another process removes as well, is no error. */
export async function removeRoot(root: string): Promise<void> {
  const names = await readdir(root).catch(ignoreMissing);
  // The owner goes last: what is killed in between is removed by a later build.
  const inOrder = [...(names ?? [])].sort(
    (one, other) => Number(one === ownerFile) - Number(other === ownerFile),
  );
  for (const name of inOrder) await unlink(join(root, name)).catch(ignoreMissing);
  await rmdir(root).catch(ignoreMissing);
}

function ignoreMissing(error: NodeJS.ErrnoException): undefined {
  if (error.code !== "ENOENT") throw error;
}
