import { cloneUnlocked } from "./clone.ts";
import { createUnlocked } from "./create.ts";
import type { Teller } from "./events/teller.ts";
import type { StartOptions } from "./handles/options.ts";
import type { InstanceRecord } from "./instances/instance-record.ts";
import type { LimaContext } from "./lima-context.ts";
import { withInstanceLock } from "./locks/instance-lock.ts";

/** What a launched VM was made of, so that it can be made again. */
export interface Origin {
  /** A template as text, or the name of a stopped instance. */
  source: { template: string } | { from: string };
  /** How it was started. */
  start: StartOptions;
  /** Whether it goes with this process. */
  lease: boolean;
  /** Whether its baseline is saved when it is ready. */
  resettable: boolean;
}

// Long enough for others to clone the same instance first.
const goldenWaitMs = 300_000;

/** Makes the instance, for a caller that holds its lock and saw that there is none. */
export async function makeUnlocked(
  context: LimaContext,
  name: string,
  { source }: Origin,
  signal: AbortSignal | undefined,
  teller: Teller,
): Promise<InstanceRecord> {
  if ("template" in source) return await createUnlocked(context, name, source.template, signal, teller);
  const { from } = source;
  return await withInstanceLock(context, from, { teller, signal, waitMs: goldenWaitMs }, () =>
    cloneUnlocked(context, from, name, signal, teller),
  );
}
