import { consoleLines, toldByLine, type CauseRule } from "./cause.ts";

export const emergencyMode: CauseRule = toldByLine({
  code: "EMERGENCY_MODE",
  text: "the guest stopped in emergency mode",
  hint: "Read the console above that line for the unit that failed, often a file system of /etc/fstab that is not there.",
  lines: consoleLines,
  patterns: [
    /You are in (?:emergency|rescue) mode/i,
    /Cannot open access to console, the root account is locked/i,
    /Give root password for maintenance/i,
  ],
  hopelessAfterMs: 20_000,
});
