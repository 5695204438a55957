import { LimaControlError } from "../failures/lima-control-error.ts";
import type { Readiness } from "../handles/running-vm.ts";
import type { InstanceRecord } from "../instances/instance-record.ts";
import type { LimaContext } from "../lima-context.ts";
import { hostAgentVerdict } from "../starting/host-agent-events.ts";
import { lookInside } from "./look-inside.ts";

// Whoever attaches to a VM that hangs may only want to stop it.
const lookTimeoutMs = 20_000;

/** How ready a VM is that was started before, by us or by somebody else. */
export async function assessRunning(
  context: LimaContext,
  record: InstanceRecord,
  signal: AbortSignal | undefined,
): Promise<Readiness> {
  if (record.status !== "Running" && record.status !== "Broken") {
    return { state: "broken", reasons: [`it does not run (${record.status || "unknown status"})`] };
  }
  const verdict = await hostAgentVerdict(record.dir);
  switch (verdict.state) {
    case "starting":
      return { state: "starting", reasons: ["limactl is still waiting for it"] };
    case "exiting":
      return { state: "broken", reasons: ["its host agent is ending", ...verdict.errors] };
    default: {
      if (record.status === "Broken") {
        return { state: "broken", reasons: ["its host agent or its VM is gone", ...record.errors] };
      }
      const told = verdict.state === "degraded" ? verdict.errors : [];
      try {
        const { mounts, steps } = await lookInside(context, record, {
          signal,
          attempts: 1,
          timeoutMs: lookTimeoutMs,
        });
        const reasons = [...told, ...mounts, ...steps];
        return { state: reasons.length === 0 ? "ready" : "degraded", reasons };
      } catch (error) {
        if (!LimaControlError.is(error) || error.code === "ABORTED") throw error;
        return { state: "broken", reasons: [...told, error.message] };
      }
    }
  }
}
