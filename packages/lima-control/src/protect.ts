import { createTeller } from "./events/teller.ts";
import { requireInstance } from "./find.ts";
import type { CallOptions } from "./handles/options.ts";
import type { LimaContext } from "./lima-context.ts";
import { setProtection } from "./limactl/protect.ts";
import { limactlFailed, succeeded } from "./limactl/run-limactl.ts";
import { withInstanceLock } from "./locks/instance-lock.ts";

/** Protects an instance against its deletion; see `VmHandle.protect`. */
export function protect(context: LimaContext, name: string, options: CallOptions = {}): Promise<void> {
  return change(context, name, true, options);
}

/** Allows its deletion again; see `VmHandle.unprotect`. */
export function unprotect(context: LimaContext, name: string, options: CallOptions = {}): Promise<void> {
  return change(context, name, false, options);
}

// Far longer than a deletion takes to see whether an instance is protected.
const lockWaitMs = 5_000;

async function change(
  context: LimaContext,
  name: string,
  wanted: boolean,
  { signal }: CallOptions,
): Promise<void> {
  const teller = createTeller(name, context.onEvent);
  await withInstanceLock(context, name, { teller, signal, waitMs: lockWaitMs }, async () => {
    const record = await requireInstance(context, name, signal);
    if (record.protected === wanted) return;
    const outcome = await setProtection(context, name, wanted, { signal });
    if (!succeeded(outcome)) {
      throw limactlFailed(`instance ${name} could not be ${wanted ? "protected" : "unprotected"}`, outcome);
    }
  });
}
