import { createTeller } from "./events/teller.ts";
import { LimaControlError } from "./failures/lima-control-error.ts";
import { tryExec } from "./exec.ts";
import { requireRunning } from "./find.ts";
import type { SuspendOptions } from "./handles/options.ts";
import type { InstanceRecord } from "./instances/instance-record.ts";
import type { LimaContext } from "./lima-context.ts";
import { withInstanceLock } from "./locks/instance-lock.ts";
import { saveState, whyNotSaved } from "./snapshots/save-state.ts";
import { stopUnlocked } from "./stop.ts";
import { machineFingerprint } from "./suspension/machine-fingerprint.ts";
import { suspensionTag, writeSuspension } from "./suspension/suspension.ts";

/** Why that VM cannot be suspended; undefined when it may be tried. */
export function whyNotSuspended(
  record: Pick<InstanceRecord, "vmType" | "mountPoints" | "additionalDisks" | "networks">,
): string | undefined {
  const why = whyNotSaved(record);
  if (why !== undefined) return why;
  // The snapshot would be in that disk too, and take it back whatever others wrote to it since.
  const [disk] = record.additionalDisks;
  if (disk !== undefined) return `it has the additional disk ${disk}`;
  // The address of its card is in the saved state: two clones would have the same one.
  const [network] = record.networks;
  return network === undefined
    ? undefined
    : `it is in the network ${network}, where its clones would have its address`;
}

/** Saves the state of a running VM and ends it; see `RunningVm.suspend`. */
export async function suspend(
  context: LimaContext,
  name: string,
  options: SuspendOptions = {},
): Promise<void> {
  const { signal } = options;
  const teller = createTeller(name, context.onEvent, options.onEvent);
  await withInstanceLock(context, name, { teller, signal }, async () => {
    const record = await requireRunning(context, name, "saved", signal);
    const why = whyNotSuspended(record);
    if (why !== undefined) {
      throw new LimaControlError({
        code: "SNAPSHOT_IMPOSSIBLE",
        message: `${name} cannot be suspended: ${why}`,
        hint: "Stop it instead: its clones boot then.",
        details: { instance: name },
      });
    }
    const machine = await machineFingerprint(context, record, signal);
    // Should it have to boot after all, then from a disk that holds everything.
    await tryExec(context, name, ["sync"], { signal, timeoutMs: 120_000 });
    teller.tell({ type: "saving" });
    await saveState(context, name, suspensionTag);
    await stopUnlocked(context, name, { force: true }, teller);
    await writeSuspension(record.dir, machine);
  });
}
