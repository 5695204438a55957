import { hostLines, toldByLine, type CauseRule } from "./cause.ts";

export const qemuKilled: CauseRule = toldByLine({
  code: "QEMU_KILLED",
  text: "QEMU was killed",
  hint: "Look whether the host ran out of memory (dmesg, journalctl -k), and lower memory in the template.",
  lines: hostLines,
  patterns: [/Driver stopped due to error: .signal: /i],
});
