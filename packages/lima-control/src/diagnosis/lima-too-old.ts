import { hostLines, toldByLine, type CauseRule } from "./cause.ts";

export const limaTooOld: CauseRule = toldByLine({
  code: "LIMA_TOO_OLD",
  text: "the template asks for a newer Lima",
  hint: "Install that version of Lima, or lower minimumLimaVersion in the template.",
  lines: hostLines,
  patterns: [/template requires Lima version/i],
});
