import { hostLines, toldByLine, type CauseRule } from "./cause.ts";

export const imageUnreadable: CauseRule = toldByLine({
  code: "IMAGE_UNREADABLE",
  text: "the image may not be read by this user",
  hint: "Give the user that runs limactl read access to it and to the directories above.",
  lines: hostLines,
  patterns: [/failed to (?:download|open source).*permission denied/i],
});
