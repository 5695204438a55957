import { hostLines, toldByLine, type CauseRule } from "./cause.ts";

export const qemuTooOld: CauseRule = toldByLine({
  code: "QEMU_TOO_OLD",
  text: "QEMU is too old",
  hint: "Install QEMU 8 or newer.",
  lines: hostLines,
  patterns: [/QEMU \S+ is too old/i],
});
