import type { FailureCause } from "../failure.ts";

/** The evaluation cache outlives a store that was removed or replaced, and then names derivations that are not there. */
export const storeDamaged: FailureCause = ({ raw }, { installable }) => {
  const path = /^path '([^']+)' is not (?:in the Nix store|valid)/.exec(raw)?.[1];
  if (path === undefined) return undefined;
  return {
    code: "STORE_DAMAGED",
    message: `nix could not build ${installable}: its store lacks ${path}`,
    hint: "check the free disk space, then run: nix-store --verify --repair",
    details: { path },
  };
};
