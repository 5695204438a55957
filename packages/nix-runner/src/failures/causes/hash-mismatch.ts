import type { FailureCause } from "../failure.ts";
import { describeBuild } from "../builder-failure.ts";

/** What a fixed-output derivation downloaded is not what it is pinned to. */
export const hashMismatch: FailureCause = ({ raw }, evidence) => {
  const match =
    /hash mismatch in fixed-output derivation '([^']+)':\s+specified:\s*(\S+)\s+got:\s*(\S+)/.exec(raw);
  if (match === null) return undefined;
  const [, drvPath, specified, got] = match;
  const { subject, details } = describeBuild({ drvPath: drvPath! }, evidence);
  return {
    code: "HASH_MISMATCH",
    message: `${subject} failed to build: its hash is ${got}, not ${specified}`,
    hint: `if the source has changed for good reasons, put the new hash into the flake: ${got}`,
    details: { ...details, specified, got },
  };
};
