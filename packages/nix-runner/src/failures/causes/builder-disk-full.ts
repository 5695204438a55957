import type { FailureCause } from "../failure.ts";
import { builderFailed, builderFailureIn } from "../builder-failure.ts";
import { oneLine } from "../text.ts";

/** A builder's own last words are about space. */
export const builderDiskFull: FailureCause = (complaint, evidence) => {
  const found = builderFailureIn(complaint, evidence);
  const sign = found?.lines
    .slice(-25)
    .findLast((line) => /No space left on device|Disk quota exceeded/.test(line));
  if (found === undefined || sign === undefined) return undefined;
  return builderFailed(found, {
    code: "DISK_FULL",
    message: `${found.subject} failed to build: no space left (${oneLine(sign)})`,
    hint: "free space on the disk of /nix and of nix's build directory, for example with: nix-collect-garbage",
  });
};
