import { hostLines, toldByLine, type CauseRule } from "./cause.ts";

export const toolMissing: CauseRule = toldByLine({
  code: "TOOL_MISSING",
  text: "a program that limactl needs is not installed",
  hint: "Install it (QEMU with qemu-img, OpenSSH), or put it on PATH.",
  lines: hostLines,
  patterns: [
    /exec: "?[^":]+"?: executable file not found/i,
    /failed to find the QEMU binary/i,
    /swtpm not found/i,
  ],
});
