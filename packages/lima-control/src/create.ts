import type { ProcessOutcome } from "@sysinit-internal/process";

import { onlyLimactl } from "./diagnosis/evidence.ts";
import { findCause } from "./diagnosis/find-cause.ts";
import { createTeller, type Teller } from "./events/teller.ts";
import { sayWaiting } from "./events/say-waiting.ts";
import type { VmEventListener } from "./events/vm-event.ts";
import { checkInstanceName } from "./check-instance-name.ts";
import { deleteUnmade } from "./delete.ts";
import { abortedError } from "./failures/aborted.ts";
import { LimaControlError } from "./failures/lima-control-error.ts";
import { find, requireInstance } from "./find.ts";
import type { CallOptions } from "./handles/options.ts";
import type { InstanceRecord } from "./instances/instance-record.ts";
import { instanceOnDisk } from "./instances/instance-directory.ts";
import type { MadeInstance } from "./instances/made-instance.ts";
import { markInstance, writeLease } from "./leases/lease.ts";
import { isMerged, withMark } from "./leases/mark.ts";
import type { LimaContext } from "./lima-context.ts";
import { createFromText } from "./limactl/create.ts";
import { failureText, parseLogLine } from "./limactl/log-line.ts";
import { outcomeDetails, succeeded } from "./limactl/run-limactl.ts";
import { withInstanceLock } from "./locks/instance-lock.ts";
import { withLoginKeyLock } from "./locks/login-key-lock.ts";
import { deleteAbandoned, sweepBefore } from "./sweep.ts";

export interface CreateOptions extends CallOptions {
  name: string;
  /** The whole template as YAML; `base` and relative files in it are not resolved. */
  template: string;
  onEvent?: VmEventListener | undefined;
}

/**
 * Makes an instance and does not start it. Nothing is left of it when that fails. Instances whose owner died are deleted
 * first.
 *
 * @throws LimaControlError INSTANCE_EXISTS, TEMPLATE_REFUSED, CREATE_FAILED, BAD_INSTANCE_NAME, PATH_TOO_LONG, ABORTED
 */
export async function create(context: LimaContext, options: CreateOptions): Promise<MadeInstance> {
  const { name, template, signal } = options;
  checkInstanceName(name, context.home);
  await sweepBefore(context, name, options);
  const teller = createTeller(name, context.onEvent, options.onEvent);
  return await withInstanceLock(context, name, { teller, signal }, async () => {
    await deleteAbandoned(context, name, teller);
    const existing = await find(context, name, signal);
    if (existing !== undefined) throw instanceExists(existing);
    return await createUnlocked(context, name, template, signal, teller);
  });
}

/** The creation itself, for a caller that holds the lock and saw that there is no such instance. */
export async function createUnlocked(
  context: LimaContext,
  name: string,
  template: string,
  signal: AbortSignal | undefined,
  teller: Teller,
): Promise<MadeInstance> {
  teller.tell({ type: "creating" });
  const lease = await writeLease(context, name, { merged: await isMerged(context.home, template) });
  const quiet = sayWaiting(teller, () => "limactl create: the image is copied into the instance");
  try {
    const outcome = await withLoginKeyLock(context, { teller, signal, waitMs: undefined }, () =>
      createFromText(context, name, withMark(template, lease.mark), {
        signal,
        onLine: (line, stream) => {
          if (stream === "stdout") return;
          const { level, text } = parseLogLine(line);
          if (level !== "debug" && level !== "fatal") teller.tell({ type: "message", level, text });
        },
      }),
    );
    if (succeeded(outcome)) {
      await markInstance(context.home, lease);
      const { dir } = await requireInstance(context, name);
      return { name, dir, mark: lease.mark };
    }
    throw await createFailure(context, name, outcome);
  } catch (error) {
    await deleteUnmade(context, lease, error, teller);
    throw LimaControlError.is(error, "ABORTED") ? abortedError(`creating ${name}`, signal) : error;
  } finally {
    quiet();
  }
}

// A template that limactl refuses leaves nothing behind, all that fails later leaves a directory.
async function createFailure(
  context: LimaContext,
  name: string,
  outcome: ProcessOutcome,
): Promise<LimaControlError> {
  const accepted = (await instanceOnDisk(context.home, name)) !== "absent";
  const said = failureText(outcome.stderr);
  if (tellsOfAnother(said)) return instanceExists(await requireInstance(context, name));
  const cause = findCause(onlyLimactl(said));
  return new LimaControlError({
    code: accepted ? "CREATE_FAILED" : "TEMPLATE_REFUSED",
    message: accepted
      ? `instance ${name} could not be created: ${said}`
      : `limactl refuses the template of ${name}: ${said}`,
    hint: cause?.hint,
    details: { instance: name, ...(cause === undefined ? {} : { cause }), ...outcomeDetails(outcome) },
  });
}

/** Whether limactl refuses to make an instance because there is one: somebody made it since it was seen that there was none. */
export function tellsOfAnother(said: string): boolean {
  return /^instance .* already exists/.test(said);
}

/** The error of a name that is taken. */
export function instanceExists(record: InstanceRecord): LimaControlError {
  return new LimaControlError({
    code: "INSTANCE_EXISTS",
    message: `there is an instance ${record.name} already (${record.status || "unknown status"}) in ${record.dir}`,
    hint: `Take another name, or delete it with: limactl delete -f ${record.name}`,
    details: { instance: record.name, dir: record.dir, status: record.status },
  });
}
