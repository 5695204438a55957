import { checkInstanceName } from "./check-instance-name.ts";
import { throwIfAborted } from "./failures/aborted.ts";
import { LimaControlError } from "./failures/lima-control-error.ts";
import type { InstanceRecord } from "./instances/instance-record.ts";
import type { LimaContext } from "./lima-context.ts";
import { listInstances } from "./limactl/list.ts";

/**
 * What limactl knows of an instance; undefined only when there truly is none.
 *
 * @throws LimaControlError BAD_INSTANCE_NAME, LIMACTL_FAILED
 */
export async function find(
  context: LimaContext,
  name: string,
  signal?: AbortSignal,
): Promise<InstanceRecord | undefined> {
  checkInstanceName(name, context.home);
  const [record] = await listInstances(context, [name], signal);
  return record;
}

/** The same, for what cannot go on without it. @throws LimaControlError INSTANCE_NOT_FOUND */
export async function requireInstance(
  context: LimaContext,
  name: string,
  signal?: AbortSignal,
): Promise<InstanceRecord> {
  const record = await find(context, name, signal);
  if (record !== undefined) return record;
  throw new LimaControlError({
    code: "INSTANCE_NOT_FOUND",
    message: `there is no instance ${name} in ${context.home}`,
    hint: "limactl list shows those that there are.",
    details: { instance: name, home: context.home },
  });
}

/** The same, for what limactl does only with an instance that does not run. @throws LimaControlError NOT_STOPPED */
export async function requireStopped(
  context: LimaContext,
  name: string,
  what: string,
  signal?: AbortSignal,
): Promise<InstanceRecord> {
  const record = await requireInstance(context, name, signal);
  if (record.status !== "Running") return record;
  throw new LimaControlError({
    code: "NOT_STOPPED",
    message: `instance ${name} runs, and can only be ${what} when it does not`,
    hint: `Stop it with: limactl stop ${name}`,
    details: { instance: name, status: record.status },
  });
}

/** The same, for what is done only with an instance that runs. @throws LimaControlError NOT_RUNNING, ABORTED */
export async function requireRunning(
  context: LimaContext,
  name: string,
  what: string,
  signal: AbortSignal | undefined,
): Promise<InstanceRecord> {
  throwIfAborted(name, signal);
  const record = await requireInstance(context, name, signal);
  if (record.status === "Running") return record;
  throw new LimaControlError({
    code: "NOT_RUNNING",
    message: `instance ${name} does not run (${record.status || "unknown status"}), so its state cannot be ${what}`,
    hint: `Start it with: limactl start ${name}`,
    details: { instance: name },
  });
}
