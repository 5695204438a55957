import { firstMatch, type CauseRule } from "./cause.ts";

export const imageNotBootable: CauseRule = {
  code: "IMAGE_NOT_BOOTABLE",
  recognise(evidence) {
    const line = firstMatch(
      afterLastBoot(evidence.console),
      /BdsDxe: (?:failed to load|No bootable option)/i,
      /no bootable (?:device|option|medium)/i,
      /UEFI Interactive Shell|^Shell>/i,
      /Boot failed: not a bootable disk/i,
      /VFS: Unable to mount root fs/i,
      /You are in (?:emergency|rescue) mode/i,
    );
    return line === undefined
      ? undefined
      : {
          text: "the firmware, or the kernel, found nothing in the image that it could go on with",
          hint: "Use an image with EFI/BOOT/BOOTX64.EFI (BOOTAA64.EFI) on its ESP and a root file system that its kernel finds.",
          evidence: line,
        };
  },
};

// A firmware that does not find its first choice goes on to the next one, which may be the right one.
function afterLastBoot(console: readonly string[]): string[] {
  const booted = console.findLastIndex((line) => /BdsDxe: starting (?!.*Shell)|Linux version \d/.test(line));
  return console.slice(booted + 1);
}
