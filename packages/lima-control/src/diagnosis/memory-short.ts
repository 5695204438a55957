import { hostLines, toldByLine, type CauseRule } from "./cause.ts";

export const memoryShort: CauseRule = toldByLine({
  code: "MEMORY_SHORT",
  text: "the host does not have the memory that the VM asks for",
  hint: "Lower memory in the template, or free some on the host.",
  lines: hostLines,
  patterns: [/cannot set up guest memory/i, /cannot allocate memory/i],
});
