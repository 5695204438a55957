import { hostLines, toldByLine, type CauseRule } from "./cause.ts";

export const firmwareMissing: CauseRule = toldByLine({
  code: "FIRMWARE_MISSING",
  text: "QEMU has no UEFI firmware to boot the guest with",
  hint: "Install it: package ovmf (Debian), edk2-ovmf (Fedora, Arch); Homebrew's qemu brings it.",
  lines: hostLines,
  patterns: [
    /could not find firmware/i,
    /could not load PC BIOS/i,
    /could not open .*(?:OVMF|AAVMF|edk2|efi-code)/i,
  ],
});
