import { firstMatch, hostLines, type CauseRule } from "./cause.ts";

export const firmwareMissing: CauseRule = {
  code: "FIRMWARE_MISSING",
  recognise(evidence) {
    const line = firstMatch(
      hostLines(evidence),
      /could not find firmware/i,
      /could not load PC BIOS/i,
      /could not open .*(?:OVMF|AAVMF|edk2|efi-code)/i,
    );
    return line === undefined
      ? undefined
      : {
          text: "QEMU has no UEFI firmware to boot the guest with",
          hint: "Install it: package ovmf (Debian), edk2-ovmf (Fedora, Arch); Homebrew's qemu brings it.",
          evidence: line,
        };
  },
};
