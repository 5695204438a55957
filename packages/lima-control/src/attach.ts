import { requireInstance } from "./find.ts";
import { makeRunningVm, makeStoppedVm } from "./handles/make-handles.ts";
import type { RunningVm } from "./handles/running-vm.ts";
import type { StoppedVm } from "./handles/stopped-vm.ts";
import type { Tenure } from "./handles/tenure.ts";
import type { LimaContext } from "./lima-context.ts";
import { assessRunning } from "./readiness/assess.ts";

/**
 * A handle of an instance that somebody else made. It is borrowed: the end of `await using` leaves it alone. One that
 * runs is asked once how ready it is.
 *
 * @throws LimaControlError INSTANCE_NOT_FOUND
 */
export async function attach(
  context: LimaContext,
  name: string,
  signal?: AbortSignal,
): Promise<StoppedVm | RunningVm> {
  const record = await requireInstance(context, name, signal);
  const tenure: Tenure = { name, dir: record.dir, owned: false, keep: "always", failed: false };
  if (record.status !== "Running") return makeStoppedVm(context, tenure);
  return makeRunningVm(context, tenure, await assessRunning(context, record, signal));
}
