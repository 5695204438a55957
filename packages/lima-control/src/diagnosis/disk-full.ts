import { hostLines, toldByLine, type CauseRule } from "./cause.ts";

export const diskFull: CauseRule = toldByLine({
  code: "DISK_FULL",
  text: "the disk of the host is full",
  hint: "Free some space, or set LIMA_HOME to a disk that has it.",
  lines: hostLines,
  patterns: [/no space left on device/i, /disk quota exceeded/i, /ENOSPC/],
});
