import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";

const directory = "/proc/sys/fs/binfmt_misc";

/**
 * Systems whose programs the kernel hands to an emulator, as "aarch64-linux"; none where there is no such kernel. The names
 * are those that NixOS (boot.binfmt.emulatedSystems) and Debian (qemu-user-static) give.
 */
export async function listEmulated(from = directory): Promise<string[]> {
  const systems: string[] = [];
  for (const name of await readdir(from).catch(() => [])) {
    const system = /^qemu-([a-z0-9_]+)$/.exec(name)?.[1] ?? /^([a-z0-9_]+)-linux$/.exec(name)?.[1];
    if (system === undefined) continue;
    const text = await readFile(join(from, name), "utf8").catch(() => "");
    if (text.startsWith("enabled")) systems.push(`${system}-linux`);
  }
  return systems;
}
