import { toldByLine, type CauseRule } from "./cause.ts";

export const imageNotBootable: CauseRule = toldByLine({
  code: "IMAGE_NOT_BOOTABLE",
  text: "the firmware found nothing in the image that it could boot",
  hint: "Use an image with EFI/BOOT/BOOTX64.EFI (BOOTAA64.EFI) on its ESP.",
  lines: (evidence) => afterLastBoot(evidence.console),
  patterns: [
    /BdsDxe: (?:failed to load|No bootable option)/i,
    /no bootable (?:device|option|medium)/i,
    /UEFI Interactive Shell|^Shell>/i,
    /Boot failed: not a bootable disk/i,
  ],
  hopelessAfterMs: 30_000,
});

// A firmware that does not find its first choice goes on to the next one, which may be the right one.
function afterLastBoot(console: readonly string[]): string[] {
  const booted = console.findLastIndex((line) => /BdsDxe: starting (?!.*Shell)|Linux version \d/.test(line));
  return console.slice(booted + 1);
}
