import { LimaControlError } from "../failures/lima-control-error.ts";
import type { InstanceRecord } from "../instances/instance-record.ts";
import type { LimaContext } from "../lima-context.ts";
import { oneLine } from "../limactl/log-line.ts";
import { outcomeDetails } from "../limactl/run-limactl.ts";
import { createSnapshot, refusalOf, snapshotTags } from "../limactl/snapshot.ts";

/** Why the state of that VM cannot be saved while it runs; undefined when it may be tried. */
export function whyNotSaved(record: Pick<InstanceRecord, "vmType" | "mountPoints">): string | undefined {
  if (record.vmType !== "qemu") return `the driver ${record.vmType} has no snapshots`;
  // QEMU refuses for 9p and virtiofs; an sshfs does not survive the end of its connection.
  const [mount] = record.mountPoints;
  return mount === undefined ? undefined : `it has a directory of the host mounted at ${mount}`;
}

/**
 * Saves the state of a running VM, memory and disk, under that tag in its disk. Not to be interrupted: the VM stands still
 * meanwhile.
 *
 * @throws LimaControlError SNAPSHOT_FAILED
 */
export async function saveState(context: LimaContext, name: string, tag: string): Promise<void> {
  const outcome = await createSnapshot(context, name, tag);
  // limactl ends with 0 when QEMU refuses.
  if ((await snapshotTags(context, name)).includes(tag) && refusalOf(outcome) === undefined) return;
  throw new LimaControlError({
    code: "SNAPSHOT_FAILED",
    message: `no snapshot of ${name} was made: ${oneLine(refusalOf(outcome) ?? "limactl gave no reason")}`,
    details: { instance: name, ...outcomeDetails(outcome) },
  });
}
