import { rm, stat } from "node:fs/promises";
import { join } from "node:path";

import { readJsonFile, writeFileAtomic } from "@sysinit-internal/files";
import { z } from "zod";

/** The tag of the snapshot from which a suspended instance goes on. */
export const suspensionTag = "sysinit-suspended";

const suspensionSchema = z.object({
  schema: z.literal(1),
  /** What it ran on; see `machine-fingerprint.ts`. */
  machine: z.string(),
  /** The disk files as they were then, by name. */
  disks: z.record(z.string(), z.object({ bytes: z.int(), modifiedMs: z.number() })),
});

type Suspension = z.output<typeof suspensionSchema>;

// It goes with the instance, and a clone gets a copy of it.
const fileOf = (dir: string) => join(dir, "sysinit-suspended.json");

/** Says that an instance, which does not run any more, can go on from its snapshot. */
export async function writeSuspension(dir: string, machine: string): Promise<void> {
  const suspension: Suspension = { schema: 1, machine, disks: await disksOf(dir) };
  await writeFileAtomic(fileOf(dir), `${JSON.stringify(suspension)}\n`, { mode: 0o600 });
}

/**
 * The machine on which an instance was suspended. Undefined when it was not, or when something wrote to its disk since: a
 * snapshot takes the disk back as well, and that would be lost.
 */
export async function suspendedOn(dir: string): Promise<string | undefined> {
  const suspension = await readJsonFile(fileOf(dir), suspensionSchema).catch(() => undefined);
  if (suspension === undefined) return undefined;
  const disks = await disksOf(dir);
  const isUntouched =
    Object.keys(disks).length === Object.keys(suspension.disks).length &&
    Object.entries(disks).every(
      ([name, { bytes, modifiedMs }]) =>
        suspension.disks[name]?.bytes === bytes && suspension.disks[name].modifiedMs === modifiedMs,
    );
  return isUntouched ? suspension.machine : undefined;
}

export async function removeSuspension(dir: string): Promise<void> {
  await rm(fileOf(dir), { force: true });
}

// Up to Lima 2.0 the disk is an overlay over the image (pkg/limatype/filenames of Lima 2.2).
async function disksOf(dir: string): Promise<Suspension["disks"]> {
  const disks: Suspension["disks"] = {};
  for (const name of ["basedisk", "diffdisk", "disk"]) {
    const file = await stat(join(dir, name)).catch(() => undefined);
    if (file !== undefined) disks[name] = { bytes: file.size, modifiedMs: file.mtimeMs };
  }
  return disks;
}
