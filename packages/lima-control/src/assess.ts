import { requireInstance } from "./find.ts";
import type { Readiness } from "./handles/running-vm.ts";
import type { LimaContext } from "./lima-context.ts";
import { assessRunning } from "./readiness/assess.ts";

/** Looks once more how ready a VM is; see `RunningVm.assess`. */
export async function assess(context: LimaContext, name: string, signal?: AbortSignal): Promise<Readiness> {
  return await assessRunning(context, await requireInstance(context, name, signal), signal);
}
