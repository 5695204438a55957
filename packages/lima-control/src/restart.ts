import { checkDurations } from "./durations.ts";
import { createTeller } from "./events/teller.ts";
import type { RestartOptions } from "./handles/options.ts";
import type { Readiness, RunningVm } from "./handles/running-vm.ts";
import type { LimaContext } from "./lima-context.ts";
import { withInstanceLock } from "./locks/instance-lock.ts";
import { startUnlocked, stopAfterFailure } from "./start.ts";
import { stopUnlocked } from "./stop.ts";

/**
 * Stops an instance and starts it again, with nobody in between; see `RunningVm.restart`. Not `limactl restart`, which
 * looks at nothing that a start has to show.
 */
export async function restart(
  context: LimaContext,
  name: string,
  options: RestartOptions,
  makeHandle: (readiness: Readiness) => RunningVm,
): Promise<RunningVm> {
  checkDurations({ timeoutMs: options.timeoutMs, stopTimeoutMs: options.stopTimeoutMs });
  const teller = createTeller(name, context.onEvent, options.onEvent);
  return await withInstanceLock(context, name, { teller, signal: options.signal }, async () => {
    const { force, stopTimeoutMs, signal } = options;
    await stopUnlocked(context, name, { force, timeoutMs: stopTimeoutMs, signal }, teller);
    try {
      return await startUnlocked(context, name, options, makeHandle, teller);
    } catch (error) {
      await stopAfterFailure(context, name, teller);
      throw error;
    }
  });
}
