import type { FailureCause } from "../failure.ts";
import { flakeDirectory } from "../../nix/flake-directory.ts";

// From 2.28 on nix says so itself; before, the file is only missing in the copy of the tree.
const tracked = /Path '([^']+)' in the repository "([^"]+)" is not tracked by Git/;
const missing = [
  /^path '\/nix\/store\/[^/']+\/([^']+)' does not exist/,
  /^getting status of '\/nix\/store\/[^/']+\/([^']+)': No such file or directory/,
];

/** A git flake is copied as git knows it, without the files that were never added. */
export const untrackedFile: FailureCause = ({ raw }, { installable, evaluated }) => {
  const said = tracked.exec(raw);
  const isGit = evaluated?.startsWith("git+file:") === true;
  const file =
    said?.[1] ?? (isGit ? missing.map((pattern) => pattern.exec(raw)?.[1]).find(Boolean) : undefined);
  if (file === undefined) return undefined;
  const repository = said?.[2] ?? flakeDirectory(evaluated) ?? ".";
  const command = `git -C ${repository} add -N ${file}`;
  return {
    code: "UNTRACKED_FILE",
    message: `nix could not evaluate ${installable}: git does not track ${file} in ${repository}`,
    hint:
      said === null
        ? `if the file exists, make it known to git: ${command}`
        : `make it known to git: ${command}`,
    details: { file, repository },
  };
};
