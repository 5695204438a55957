import { consoleLines, toldByLine, type CauseRule } from "./cause.ts";

export const kernelPanic: CauseRule = toldByLine({
  code: "KERNEL_PANIC",
  text: "the guest's kernel panicked",
  hint: "Read the console above that line; a root file system or a module may be missing in the image.",
  lines: consoleLines,
  patterns: [/Kernel panic - not syncing/i],
  hopelessAfterMs: 10_000,
});
