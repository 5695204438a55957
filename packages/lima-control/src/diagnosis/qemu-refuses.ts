import { hostLines, toldByLine, type CauseRule } from "./cause.ts";

export const qemuRefuses: CauseRule = toldByLine({
  code: "QEMU_REFUSES",
  text: "QEMU does not know what it is asked for",
  hint: "Look at what is added to its command line (QEMU_SYSTEM_*, vmOpts), and use a newer QEMU.",
  lines: hostLines,
  patterns: [
    /is not a valid device model name/i,
    /qemu-system-\S+: .*(?:invalid option|unsupported machine type|unable to find CPU model)/i,
    /accelerator \S+ is not supported by/i,
    /cpu \S+ is not supported by/i,
  ],
});
