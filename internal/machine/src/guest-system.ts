/** The nix system of a Linux guest on this host: its own architecture, since others are emulated. */
export function guestSystem(arch: string = process.arch): string {
  return `${limaArch(arch)}-linux`;
}

/** The architecture in Lima's words (limayaml: `arch`). */
export function limaArch(arch: string = process.arch): string {
  return arch === "arm64" ? "aarch64" : arch === "x64" ? "x86_64" : arch;
}
