import { hostLines, toldByLine, type CauseRule } from "./cause.ts";

export const additionalDiskInUse: CauseRule = toldByLine({
  code: "ADDITIONAL_DISK_IN_USE",
  text: "a disk that additionalDisks names belongs to another instance",
  hint: "Stop that instance, or unlock the disk when the instance is gone: limactl disk unlock NAME.",
  lines: hostLines,
  patterns: [/could not attach disk .*in use by/i, /in use by instance/i],
});
