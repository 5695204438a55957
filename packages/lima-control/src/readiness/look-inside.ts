import { setTimeout as sleep } from "node:timers/promises";

import { exec } from "../exec.ts";
import type { InstanceRecord } from "../instances/instance-record.ts";
import type { LimaContext } from "../lima-context.ts";
import { failedSteps, guestReportFile } from "./guest-report.ts";
import { judgeMounts, mountScript } from "./mounts.ts";

/** What is missing in a guest that limactl calls READY, one line each. */
export interface Shortcomings {
  mounts: string[];
  steps: string[];
}

const pauseMs = 2_000;
// One call for all: each costs a connection.
const script = `cat ${guestReportFile} 2>/dev/null; printf '\\0'; ${mountScript}`;

/** Looks into a running guest; up to `attempts` times while a mount is not there. Throws what `exec` throws. */
export async function lookInside(
  context: LimaContext,
  record: InstanceRecord,
  { signal, attempts, timeoutMs }: { signal: AbortSignal | undefined; attempts: number; timeoutMs: number },
): Promise<Shortcomings> {
  for (let attempt = 1; ; attempt += 1) {
    const argv = ["/bin/sh", "-c", script, "sh", ...record.mountPoints];
    const { stdout } = await exec(context, record.name, argv, { signal, timeoutMs });
    const [report = "", mounted = ""] = stdout.split("\0");
    const missing = judgeMounts(mounted, record.mountPoints);
    if (missing.length === 0 || attempt >= attempts) {
      return {
        mounts: missing.map((path) => `${path} is not mounted in the guest`),
        steps: failedSteps(report),
      };
    }
    await sleep(pauseMs, undefined, { signal }).catch(() => {});
  }
}
