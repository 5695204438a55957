import type { FailureCause } from "../failure.ts";

/** The evaluation cache, or the database of the store, names a derivation that is not there: a full disk, a store that was replaced. */
export const storeDamaged: FailureCause = ({ raw }, { installable }) => {
  const path =
    /^(?:path|don't know how to recreate store derivation) '([^']+)'(?: is not (?:in the Nix store|valid)|!)/.exec(
      raw,
    )?.[1];
  if (path === undefined) return undefined;
  return {
    code: "STORE_DAMAGED",
    message: `nix could not build ${installable}: its store lacks ${path}`,
    hint: "check the free disk space, then run: nix-store --verify --repair",
    details: { path },
  };
};
