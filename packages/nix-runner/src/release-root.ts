import { basename } from "node:path";

import { NixRunnerError } from "./errors.ts";
import { removeRoot, rootPrefix, whyNotARoot } from "./state/roots.ts";

/**
 * Removes a garbage collector root made by `build`; from then on nix may remove the output. A root that is gone is no error.
 * @throws NixRunnerError ROOT_NOT_OURS for anything that `build` did not make; it is left as it is
 */
export async function releaseRoot(root: string): Promise<void> {
  const why = basename(root).startsWith(rootPrefix)
    ? await whyNotARoot(root)
    : "it is not named like a build root";
  if (why !== undefined) {
    throw new NixRunnerError({
      code: "ROOT_NOT_OURS",
      message: `${root} was left alone: ${why}`,
      hint: "pass the root of a build result",
      details: { root },
    });
  }
  await removeRoot(root);
}
