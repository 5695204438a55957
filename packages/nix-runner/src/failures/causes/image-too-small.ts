import type { FailureCause } from "../failure.ts";
import { builderFailed, builderFailureIn } from "../builder-failure.ts";
import { oneLine } from "../text.ts";

const signs = [
  /cptofs failed/,
  /diskSize might be too small/,
  /\b(?:mke2fs|mkfs\.\w+|resize2fs|systemd-repart|mcopy)\b.*(?:No space left|[Dd]isk full|too small)/,
  /preallocating file of .*No space left/,
  /Could not allocate block in ext2 filesystem/,
];

/** The disk inside the image is full, which is no matter of the disk of this machine. */
export const imageTooSmall: FailureCause = (complaint, evidence) => {
  const found = builderFailureIn(complaint, evidence);
  const sign = found?.lines.findLast((line) => signs.some((pattern) => pattern.test(line)));
  if (found === undefined || sign === undefined) return undefined;
  return builderFailed(found, {
    code: "IMAGE_TOO_SMALL",
    message: `${found.subject} failed to build: the disk image is too small for its contents (${oneLine(sign)})`,
    hint: "make the image's disk bigger, in NixOS with virtualisation.diskSize or diskSize",
  });
};
