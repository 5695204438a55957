import type { FailureCause } from "../failure.ts";
import { describeBuild } from "../builder-failure.ts";

/** nix was told to build again and to compare. */
export const nondeterministic: FailureCause = ({ raw }, evidence) => {
  const match = /derivation '([^']+)' may not be deterministic: output '([^']+)' differs/.exec(raw);
  if (match === null) return undefined;
  const { subject, details } = describeBuild({ drvPath: match[1]! }, evidence);
  return {
    code: "NONDETERMINISTIC",
    message: `${subject} was built again and came out different: ${match[2]}`,
    hint: `see what differs: nix build --rebuild --keep-failed '${match[1]}^*'`,
    details: { ...details, outPath: match[2] },
  };
};
