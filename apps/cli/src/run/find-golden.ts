import type { Lima } from "@sysinit/lima-control";
import { compareMachines, readMachineRecord, wantedNow, type MachinePlan } from "@sysinit-internal/machine";

/** What a golden instance is called, or begins with. */
const goldenName = /^golden(?:-|$)/;

export interface Golden {
  name: string;
  /** Whether a clone of it needs no change, and can go on where a suspended one was. */
  isSame: boolean;
}

/**
 * A stopped instance from which a VM of that plan can be cloned: one that `up` made under a name that begins with `golden`,
 * and that was made of the same. Mounts do not count, since a clone gets those of its run.
 */
export async function findGolden(
  lima: Lima,
  plan: MachinePlan,
  imagesDirectory: string,
  signal: AbortSignal,
): Promise<Golden | undefined> {
  const golden = (await lima.list({ signal })).filter(
    ({ name, status }) => goldenName.test(name) && status === "Stopped",
  );
  for (const instance of golden) {
    const made = (await readMachineRecord(instance.name, instance.dir))?.madeOf;
    if (made === undefined) continue;
    const now = await wantedNow({ ...plan, installable: made.image.installable, imagesDirectory });
    const changes = compareMachines(made, now.madeOf);
    if (changes.every(({ what }) => what === "mounts" || what === "probes" || what === "checks"))
      return { name: instance.name, isSame: changes.length === 0 };
  }
  return undefined;
}
