import type { Teller } from "../events/teller.ts";
import type { InstanceRecord } from "../instances/instance-record.ts";
import type { LimaContext } from "../lima-context.ts";
import { machineFingerprint } from "./machine-fingerprint.ts";
import { removeSuspension, suspendedOn } from "./suspension.ts";

/**
 * Whether an instance that is about to be started can go on from where it was suspended. It can do so once: as soon as it
 * runs, its disk is another.
 */
export async function takeSuspension(
  context: LimaContext,
  record: InstanceRecord,
  signal: AbortSignal | undefined,
  teller: Teller,
): Promise<boolean> {
  const machine = await suspendedOn(record.dir);
  await removeSuspension(record.dir);
  if (machine === undefined) return false;
  if (machine === (await machineFingerprint(context, record, signal))) return true;
  teller.tell({
    type: "message",
    level: "info",
    text: `${record.name} was suspended, and boots: its template, limactl, QEMU or this machine is not what it was`,
  });
  return false;
}
