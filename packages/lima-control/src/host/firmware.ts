import { access } from "node:fs/promises";
import { dirname, join } from "node:path";

/** Where distributions put the firmware; the list and its order are those of Lima (getFirmware in pkg/driver/qemu/qemu.go). */
const systemFiles: Readonly<Record<string, readonly string[]>> = {
  x86_64: [
    "/usr/share/edk2/x64/OVMF_CODE.4m.fd",
    "/usr/share/OVMF/OVMF_CODE.fd",
    "/usr/share/OVMF/OVMF_CODE_4M.fd",
    "/usr/share/edk2/ovmf/OVMF_CODE.fd",
    "/usr/share/qemu/ovmf-x86_64.bin",
    "/usr/share/qemu/ovmf-x86_64-4m.bin",
  ],
  aarch64: [
    "/usr/share/edk2/aarch64/QEMU_CODE.fd",
    "/usr/share/AAVMF/AAVMF_CODE.fd",
    "/usr/share/qemu-efi-aarch64/QEMU_EFI.fd",
  ],
};

/** The firmware file that limactl will take; undefined when there is none. */
export async function findFirmware(
  qemu: string,
  arch: string,
  home: string | undefined,
): Promise<string | undefined> {
  const file = `share/qemu/edk2-${arch}-code.fd`;
  const candidates = [
    ...(home === undefined ? [] : [join(home, ".local", file)]),
    join(dirname(dirname(qemu)), file),
    ...(systemFiles[arch] ?? []),
  ];
  for (const candidate of candidates) {
    try {
      await access(candidate);
      return candidate;
    } catch {
      continue;
    }
  }
  return undefined;
}
