import { hostLines, toldByLine, type CauseRule } from "./cause.ts";

export const additionalDiskMissing: CauseRule = toldByLine({
  code: "ADDITIONAL_DISK_MISSING",
  text: "a disk that additionalDisks names does not exist",
  hint: "Create it: limactl disk create NAME --size SIZE.",
  lines: hostLines,
  patterns: [/could not load disk/i],
});
