import { stat } from "node:fs/promises";
import { join } from "node:path";

/** QEMU writes its own; for vz and krunkit the host agent does, when the machine begins (Lima, pkg/driver). */
const pidFiles = ["qemu.pid", "vz.pid", "krunkit.pid"];

/** When the driver began to run a machine, in seconds since `startedAtMs`; undefined where no file tells. */
export async function machineBegun(
  instanceDirectory: string,
  startedAtMs: number,
): Promise<number | undefined> {
  for (const file of pidFiles) {
    const found = await stat(join(instanceDirectory, file)).catch(() => undefined);
    if (found !== undefined) return Math.max((found.mtimeMs - startedAtMs) / 1000, 0);
  }
  return undefined;
}
