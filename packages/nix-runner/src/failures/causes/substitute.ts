import type { FailureCause } from "../failure.ts";
import { derivationName } from "../../nix/derivation.ts";
import { oneLine } from "../text.ts";

/** A cache has what is wanted but did not deliver it whole. */
export const substitute: FailureCause = ({ raw }, { installable, talk }) => {
  const drvPath =
    /some (?:substitutes for the )?outputs of (?:derivation )?'([^']+)' (?:failed|are not valid)/.exec(
      raw,
    )?.[1];
  const noSource = /there is no substituter that can build it|cannot build missing derivation/.test(raw);
  if (drvPath === undefined && !noSource) return undefined;
  const reason = talk.findLast((text) => /^error: unable to download/.test(text))?.replace(/^error: /, "");
  return {
    code: "SUBSTITUTE",
    message: `nix could not get ${drvPath === undefined ? installable : derivationName(drvPath)} from a binary cache: ${oneLine(reason ?? raw)}`,
    hint: "try again, or build it instead: nixOptions fallback = true",
    details: {
      ...(drvPath === undefined ? {} : { drvPath }),
      ...(reason === undefined ? {} : { reason: oneLine(reason) }),
    },
  };
};
