import type { FailureCause } from "../failure.ts";
import { flakeDirectory } from "../../nix/flake-directory.ts";

const noFlakeNix = [
  /could not find a flake\.nix file/,
  /does not contain a '?\/?(?:[^' ]*\/)?flake\.nix'? file/,
  /'[^']*\/flake\.nix' does not exist/,
  /getting status of '[^']*\/flake\.nix': No such file or directory/,
  /is not part of a flake/,
];
const noSuchPlace = [
  /getting status of '([^']+)': No such file or directory/,
  /path '([^']+)' (?:does not exist|is not a (?:flake|directory))/,
  /(?:cannot find|could not find) (?:the )?flake '([^']+)' in the flake registries/,
];

/** There is no flake where the reference points to. */
export const flakeNotFound: FailureCause = ({ raw }, { installable, evaluated, realising }) => {
  if (realising) return undefined;
  if (noFlakeNix.some((pattern) => pattern.test(raw))) {
    const place = flakeDirectory(evaluated) ?? installable;
    return {
      code: "FLAKE_NOT_FOUND",
      message: `there is no flake at ${place}: no flake.nix`,
      hint: "name the directory that holds flake.nix; in a git repository the file must be added to git",
    };
  }
  const place = noSuchPlace.map((pattern) => pattern.exec(raw)?.[1]).find(Boolean);
  // A path in the store is a file that the flake's own code reads.
  if (place === undefined || /^\/nix\/store\/[^/]+\//.test(place)) return undefined;
  return {
    code: "FLAKE_NOT_FOUND",
    message: `there is no flake for ${installable}: ${place} does not exist`,
    hint: "check the part before #",
    details: { place },
  };
};
