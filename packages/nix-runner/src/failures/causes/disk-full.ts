import type { FailureCause } from "../failure.ts";
import { describeBuild, parseBuilderFailure } from "../builder-failure.ts";
import { oneLine } from "../text.ts";

/** nix itself ran out of space, or saw that there was next to none when a builder failed. */
export const diskFull: FailureCause = (complaint, evidence) => {
  const { raw } = complaint;
  if (
    !/No space left on device|Disk quota exceeded|lack of free disk space|database or disk is full/.test(raw)
  )
    return undefined;
  const builder = parseBuilderFailure(raw);
  // Through the daemon the message carries the builder's log, which may speak of the disk inside an image.
  if (builder !== undefined && !/lack of free disk space/.test(raw)) return undefined;
  const why =
    builder === undefined ? oneLine(raw) : "the disk of the nix store or of its build directory is full";
  return {
    code: "DISK_FULL",
    message: `nix could not build ${evidence.installable}: ${why}`,
    hint: "free space on the disk of /nix, for example with: nix-collect-garbage",
    ...(builder === undefined ? {} : { details: describeBuild(builder, evidence).details }),
  };
};
