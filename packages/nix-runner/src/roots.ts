import { mkdir, mkdtemp } from "node:fs/promises";
import { join, resolve } from "node:path";

import { NixRunnerError } from "./errors.ts";
import type { Environment } from "./nix/environment.ts";

/** How the folders are called that hold the links of one build. */
export const rootPrefix = "build-";

/** Where build roots are kept by default: `${XDG_STATE_HOME:-~/.local/state}/sysinit-lima/roots`. */
export function defaultRootDirectory(env: Environment): string {
  const { XDG_STATE_HOME: state, HOME: home } = env;
  if (state?.startsWith("/")) return join(state, "sysinit-lima/roots");
  if (home?.startsWith("/")) return join(home, ".local/state/sysinit-lima/roots");
  throw new NixRunnerError({
    code: "HOME_UNSET",
    message:
      "there is no place to keep the build's garbage collector root: neither XDG_STATE_HOME nor HOME is set",
    hint: "set HOME, or pass rootDirectory",
  });
}

/**
 * Makes the folder for the out-links of one build. Not below the temporary directory: what is cleaned there
 * takes the root with it, and the link must not be moved either, since nix knows it by its path.
 */
export async function makeRoot(rootDirectory: string): Promise<string> {
  const parent = resolve(rootDirectory);
  try {
    await mkdir(parent, { recursive: true });
    return await mkdtemp(join(parent, rootPrefix));
  } catch (cause) {
    throw new NixRunnerError({
      code: "OUT_LINK",
      message: `the build's garbage collector root cannot be made in ${parent}: ${(cause as NodeJS.ErrnoException).code}`,
      hint: "choose a rootDirectory that you may write to",
      details: { rootDirectory: parent },
      cause,
    });
  }
}
