import type { FailureCause } from "../failure.ts";
import { shellWord } from "../text.ts";
import { flakeDirectory } from "../../nix/flake-directory.ts";

/** The build is told not to write the lock file, so that it leaves the user's tree alone. */
export const lockOutdated: FailureCause = ({ raw }, { installable }) => {
  const flake = /flake ['‘]([^'’]+)['’] requires lock file changes/.exec(raw)?.[1];
  if (flake === undefined) return undefined;
  const directory = flakeDirectory(flake);
  return {
    code: "LOCK_OUTDATED",
    message: `${installable} is not locked: the flake.lock of ${directory ?? flake} lacks an input or does not fit its flake.nix`,
    hint: `write it: nix flake lock ${shellWord(directory ?? flake)}`,
    details: { flake, ...(directory === undefined ? {} : { directory }) },
  };
};
