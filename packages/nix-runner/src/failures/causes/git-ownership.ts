import type { FailureCause } from "../failure.ts";
import { shellWord } from "../text.ts";

/** git refuses a repository of another user, and with it nix does. */
export const gitOwnership: FailureCause = ({ raw }, { installable }) => {
  const repository =
    /repository path '([^']+)' is not owned by current user|dubious ownership in repository at '([^']+)'/.exec(
      raw,
    );
  if (repository === null) return undefined;
  const path = (repository[1] ?? repository[2])!;
  return {
    code: "GIT_OWNERSHIP",
    message: `nix could not read ${installable}: the git repository ${path} belongs to another user`,
    hint: `run as its owner, or allow it: git config --global --add safe.directory ${shellWord(path.replace(/\/$/, ""))}`,
    details: { repository: path },
  };
};
