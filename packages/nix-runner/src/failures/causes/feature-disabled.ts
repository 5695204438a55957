import type { FailureCause } from "../failure.ts";

/** We pass the features that we need, so only a policy can forbid them. */
export const featureDisabled: FailureCause = ({ raw }, { installable }) => {
  const feature = /experimental Nix feature '([^']+)' is disabled/.exec(raw)?.[1];
  if (feature === undefined) return undefined;
  return {
    code: "FEATURE_DISABLED",
    message: `nix could not build ${installable}: its feature ${feature} is disabled`,
    hint: `add to nix.conf: extra-experimental-features = ${feature}`,
    details: { feature },
  };
};
