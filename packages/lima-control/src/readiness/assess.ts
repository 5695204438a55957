import { setTimeout as sleep } from "node:timers/promises";

import { exec } from "../exec.ts";
import { LimaControlError } from "../failures/lima-control-error.ts";
import type { Readiness } from "../handles/running-vm.ts";
import type { InstanceRecord } from "../instances/instance-record.ts";
import type { LimaContext } from "../lima-context.ts";
import { hostAgentVerdict } from "../starting/host-agent-events.ts";
import { missingMounts } from "./mounts.ts";

const mountAttempts = 5;
const mountPauseMs = 2_000;
const lookTimeoutMs = 60_000;
// Whoever attaches to a VM that hangs may only want to stop it.
const quickLookTimeoutMs = 20_000;

/** The lines that say which mounts a guest lacks. limactl says READY without having looked. */
export async function mountReasons(
  context: LimaContext,
  record: InstanceRecord,
  signal: AbortSignal | undefined,
  { attempts = mountAttempts, timeoutMs = lookTimeoutMs } = {},
): Promise<string[]> {
  const look = (argv: readonly string[]) => exec(context, record.name, argv, { signal, timeoutMs });
  for (let attempt = 1; ; attempt += 1) {
    const missing = await missingMounts(look, record.mountPoints);
    if (missing.length === 0 || attempt >= attempts)
      return missing.map((path) => `${path} is not mounted in the guest`);
    await sleep(mountPauseMs, undefined, { signal }).catch(() => {});
  }
}

/** How ready a VM is that was started by somebody else. */
export async function assessRunning(
  context: LimaContext,
  record: InstanceRecord,
  signal: AbortSignal | undefined,
): Promise<Readiness> {
  const verdict = await hostAgentVerdict(record.dir);
  if (verdict.state === "starting")
    return { state: "degraded", reasons: ["limactl is still waiting for it"] };
  const reasons = verdict.state === "running" ? [] : [...verdict.errors];
  try {
    reasons.push(
      ...(await mountReasons(context, record, signal, { attempts: 1, timeoutMs: quickLookTimeoutMs })),
    );
  } catch (error) {
    if (!LimaControlError.is(error) || error.code === "ABORTED") throw error;
    reasons.push(error.message);
  }
  return { state: reasons.length === 0 ? "ready" : "degraded", reasons };
}
