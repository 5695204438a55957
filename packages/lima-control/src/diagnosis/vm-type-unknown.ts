import { hostLines, toldByLine, type CauseRule } from "./cause.ts";

export const vmTypeUnknown: CauseRule = toldByLine({
  code: "VM_TYPE_UNKNOWN",
  text: "this limactl has no such vmType on this machine",
  hint: "Leave vmType out of the template, so that Lima takes what the machine has.",
  lines: hostLines,
  patterns: [
    /unknown or unsupported VM type/i,
    /vm driver '\w+' needs/i,
    /vmType .* is not a registered driver/i,
  ],
});
