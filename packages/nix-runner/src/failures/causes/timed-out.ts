import type { FailureCause } from "../failure.ts";
import { describeBuild } from "../builder-failure.ts";
import { inSeconds } from "../../nix/argv.ts";

/** nix ended a builder: too long in all, or silent for too long. From 2.34 on its text names neither the derivation nor the kind. */
export const timedOut: FailureCause = ({ raw }, evidence) => {
  const match =
    /(?:building of '([^']+?\.drv)[^']*' from \.drv file )?timed out after (\d+) seconds( of silence)?/.exec(
      raw,
    );
  if (match === null) return undefined;
  const [, named, seconds, silence] = match;
  const { maxSilentMs, started, installable } = evidence;
  const isOurLimit = maxSilentMs !== undefined && inSeconds(maxSilentMs) === Number(seconds);
  const kind = silence !== undefined || isOurLimit ? "silent" : "total";
  const drvPath = named ?? (started.size === 1 ? [...started][0] : undefined);
  const described = drvPath === undefined ? undefined : describeBuild({ drvPath }, evidence);
  const subject = described?.subject ?? installable;
  return {
    code: "TIMEOUT",
    message:
      kind === "silent"
        ? `${subject} was ended: its builder wrote nothing for ${seconds} s`
        : `${subject} was ended: its builder ran for ${seconds} s`,
    hint:
      kind === "silent"
        ? "allow a longer silence (maxSilentMs or max-silent-time)"
        : "allow more time (timeout in nix.conf)",
    details: { kind, limitMs: Number(seconds) * 1000, ...described?.details },
  };
};
