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

/** The lines that say which mounts a guest lacks. limactl says READY without having looked. */
export async function mountReasons(
  context: LimaContext,
  record: InstanceRecord,
  signal: AbortSignal | undefined,
  attempts = mountAttempts,
): Promise<string[]> {
  const look = (argv: readonly string[]) =>
    exec(context, record.name, argv, { signal, timeoutMs: lookTimeoutMs });
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
  const reasons = verdict.state === "degraded" || verdict.state === "exiting" ? [...verdict.errors] : [];
  if (verdict.state === "starting") reasons.push("limactl is still waiting for it");
  try {
    reasons.push(...(await mountReasons(context, record, signal, 1)));
  } catch (error) {
    if (!LimaControlError.is(error) || error.code === "ABORTED") throw error;
    reasons.push(error.message);
  }
  return { state: reasons.length === 0 ? "ready" : "degraded", reasons };
}
