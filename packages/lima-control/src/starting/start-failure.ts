import type { Accelerator } from "../accelerator/accelerator.ts";
import { proveKvm } from "../accelerator/prove-kvm.ts";
import { qemuOf } from "../accelerator/qemu-variable.ts";
import { findCause } from "../diagnosis/find-cause.ts";
import { driverEnd, gatherEvidence } from "../diagnosis/evidence.ts";
import { LimaControlError } from "../failures/lima-control-error.ts";
import type { LimaControlErrorCode } from "../failures/error-codes.ts";
import type { InstanceRecord } from "../instances/instance-record.ts";
import type { LimaContext } from "../lima-context.ts";
import { oneLine } from "../limactl/log-line.ts";
import { keepLogs } from "./log-files.ts";

// When the host agent ends, limactl prints the state that it was in, which says nothing; the agent itself says why.
function limactlOrHostAgent(limactl: string, hostAgent: readonly string[]): string {
  return /^exiting, status=/.test(limactl)
    ? (hostAgent.find((line) => driverEnd.test(line)) ?? hostAgent.at(-1) ?? limactl)
    : limactl;
}

/** Makes the error of a failed start out of what the logs say, and keeps the logs, before anything is deleted. */
export async function startFailure(
  context: LimaContext,
  record: InstanceRecord,
  failed: {
    code: Extract<
      LimaControlErrorCode,
      "START_FAILED" | "START_TIMEOUT" | "START_DEGRADED" | "MOUNT_MISSING"
    >;
    limactl: string;
    requirement?: string | undefined;
    reasons?: readonly string[];
    /** What the guest says that went wrong in it. */
    guest?: readonly string[];
    timeoutMs?: number;
    accelerator?: Accelerator;
  },
): Promise<LimaControlError> {
  const { code, reasons = [], timeoutMs } = failed;
  const evidence = await gatherEvidence(record.dir, {
    limactl: failed.limactl,
    requirement: failed.requirement,
    guest: failed.guest ?? [],
  });
  if (code === "START_FAILED" && failed.accelerator?.kind === "kvm") {
    // The last words of a QEMU that ends at once may be lost on their way to the log of the host agent.
    const qemu = qemuOf(record.arch, { ...context.env, ...failed.accelerator.env });
    const kvm = await proveKvm(qemu, context.env);
    if (!kvm.usable) evidence.qemu.push(kvm.why);
  }
  if (reasons.length > 0) evidence.hostAgent.push(...reasons);
  const logs = await keepLogs(context.home, record.name, record.dir);
  const cause = findCause(evidence);
  const waitedFor = failed.requirement === undefined ? "" : `, it was waiting for ${failed.requirement}`;
  const fromQemu = evidence.qemu.findLast((line) => !/^(?:\s|warning:)|: warning:/i.test(line));
  const known = cause === undefined ? undefined : `${cause.text}: ${oneLine(cause.evidence, 200)}`;
  const why = known ?? reasons[0] ?? fromQemu ?? limactlOrHostAgent(failed.limactl, evidence.hostAgent);
  return new LimaControlError({
    code,
    message: {
      START_FAILED: `instance ${record.name} did not start: ${why}`,
      START_TIMEOUT: `instance ${record.name} was not ready within ${(timeoutMs ?? 0) / 1000} s${waitedFor}${known === undefined ? "" : `: ${known}`}`,
      START_DEGRADED: `instance ${record.name} runs, but not all of it works: ${reasons.join("; ") || why}`,
      MOUNT_MISSING: `instance ${record.name} runs, but not all of its mounts are there: ${reasons.join("; ")}`,
    }[code],
    hint:
      cause?.hint ?? (logs.length === 0 ? undefined : `Read its logs in ${logs[0]?.replace(/\/[^/]*$/, "")}`),
    details: {
      instance: record.name,
      ...(cause === undefined ? {} : { cause }),
      ...(reasons.length === 0 ? {} : { reasons }),
      ...evidence,
      logs,
      ...(failed.accelerator === undefined
        ? {}
        : { accelerator: { kind: failed.accelerator.kind, reason: failed.accelerator.reason } }),
    },
  });
}
