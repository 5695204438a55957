import { hostLines, toldByLine, type CauseRule } from "./cause.ts";

export const imageDamaged: CauseRule = toldByLine({
  code: "IMAGE_DAMAGED",
  text: "the image cannot be read as a disk image",
  hint: "Build or download the image again; qemu-img check says what is wrong with it.",
  lines: hostLines,
  patterns: [
    /qemu-img: Could not open/i,
    /failed to get the information of/i,
    /failed to inspect the format of/i,
    /failed to (?:download|decompress) .*\.(?:gz|bz2|xz|zst|zstd)\b.*exit status/i,
  ],
});
