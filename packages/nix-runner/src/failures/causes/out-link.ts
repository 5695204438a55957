import type { FailureCause } from "../failure.ts";
import { oneLine } from "../text.ts";

/** nix tells the result first and makes the link afterwards. */
export const outLink: FailureCause = ({ raw }, { installable, hasResult }) =>
  hasResult || /cannot create symlink/.test(raw)
    ? {
        code: "OUT_LINK",
        message: `${installable} was built, but its garbage collector root could not be made: ${oneLine(raw)}`,
        hint: "choose a stateDirectory that you may write to",
      }
    : undefined;
