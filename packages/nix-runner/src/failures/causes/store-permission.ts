import type { FailureCause } from "../failure.ts";
import { oneLine } from "../text.ts";

/** The store belongs to another user, or it is read-only. */
export const storePermission: FailureCause = ({ raw }, { installable }) =>
  /'\/nix\/[^']*': (?:Permission denied|Read-only file system|Operation not permitted)/.test(raw)
    ? {
        code: "STORE_PERMISSION",
        message: `nix could not build ${installable}: ${oneLine(raw)}`,
        hint: "run as the owner of /nix, or use a nix with a daemon",
      }
    : undefined;
