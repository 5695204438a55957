import type { FailureCause } from "../failure.ts";
import { shellWord } from "../text.ts";
import { flakeDirectory } from "../../nix/flake-directory.ts";

// From 2.28 on nix says so itself; before, the file is only missing in the copy of the tree.
const tracked = /Path '([^']+)' in the repository ['"]([^'"]+)['"] is not tracked by Git/;
const missing = [
  /^path '\/nix\/store\/[^/']+\/([^']+)' does not exist/,
  /^getting status of '\/nix\/store\/[^/']+\/([^']+)': No such file or directory/,
];

/** A git flake is copied as git knows it, without the files that were never added. */
export const untrackedFile: FailureCause = ({ raw }, { installable, evaluated }) => {
  const said = tracked.exec(raw);
  // Before 2.18 nix does not say what it evaluates.
  const isGit = evaluated === undefined || evaluated.startsWith("git+file:");
  const file =
    said?.[1] ?? (isGit ? missing.map((pattern) => pattern.exec(raw)?.[1]).find(Boolean) : undefined);
  if (file === undefined) return undefined;
  const repository = said?.[2] ?? flakeDirectory(evaluated);
  const command = `git ${repository === undefined ? "" : `-C ${shellWord(repository)} `}add -N ${shellWord(file)}`;
  return {
    code: "UNTRACKED_FILE",
    message: `${installable} cannot be evaluated: git does not track ${file}${repository === undefined ? "" : ` in ${repository}`}`,
    hint:
      said === null
        ? `if the file exists, make it known to git: ${command}`
        : `make it known to git: ${command}`,
    details: { file, ...(repository === undefined ? {} : { repository }) },
  };
};
