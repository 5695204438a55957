import { firstMatch, hostLines, type CauseRule } from "./cause.ts";

export const diskFull: CauseRule = {
  code: "DISK_FULL",
  recognise(evidence) {
    const line = firstMatch(
      hostLines(evidence),
      /no space left on device/i,
      /disk quota exceeded/i,
      /ENOSPC/,
    );
    return line === undefined
      ? undefined
      : {
          text: "the disk of the host is full",
          hint: "Free some space, or set LIMA_HOME to a disk that has it.",
          evidence: line,
        };
  },
};
