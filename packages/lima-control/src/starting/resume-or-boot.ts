import { qemuCommand, qemuVariable } from "../accelerator/qemu-variable.ts";
import type { Teller } from "../events/teller.ts";
import { LimaControlError } from "../failures/lima-control-error.ts";
import type { Readiness } from "../handles/running-vm.ts";
import type { InstanceRecord } from "../instances/instance-record.ts";
import type { LimaContext } from "../lima-context.ts";
import { stopUnlocked } from "../stop.ts";
import { suspensionTag } from "../suspension/suspension.ts";
import { takeOnIdentity } from "../suspension/take-on-identity.ts";
import { takeSuspension } from "../suspension/take-suspension.ts";
import { boot, type BootOptions } from "./boot.ts";

// Loading takes seconds; what a guest does then is what it does at the end of a boot.
const longestResumeMs = 240_000;

type ResumeOptions = Pick<BootOptions, "timeoutMs" | "signal">;

/** Starts an instance from where it was suspended; one that was not, or that cannot go on from there, boots. */
export async function resumeOrBoot(
  context: LimaContext,
  record: InstanceRecord,
  options: ResumeOptions,
  teller: Teller,
): Promise<Readiness> {
  const { signal, timeoutMs } = options;
  if (await takeSuspension(context, record, signal, teller)) {
    const why = await resume(
      context,
      record,
      { signal, timeoutMs: Math.min(timeoutMs, longestResumeMs) },
      teller,
    );
    if (why === undefined) return { state: "ready", reasons: [] };
    teller.tell({
      type: "message",
      level: "warning",
      text: `${record.name} does not go on from where it was suspended, and boots: ${why}`,
    });
    await stopUnlocked(context, record.name, { force: true }, teller);
  }
  return await boot(context, record, options, teller);
}

/** Has QEMU load the state, and the guest take on the instance. Returns why it did not succeed. */
async function resume(
  context: LimaContext,
  record: InstanceRecord,
  options: ResumeOptions,
  teller: Teller,
): Promise<string | undefined> {
  const variable = qemuVariable(record.arch);
  if (variable === undefined) return `limactl takes no command of QEMU for ${record.arch}`;
  const { env: acceleratorEnv } = await context.accelerator(record.arch);
  const command = qemuCommand(record.arch, { ...context.env, ...acceleratorEnv });
  try {
    const { state, reasons } = await boot(
      context,
      record,
      {
        ...options,
        // What limactl itself adds comes behind the words of the variable.
        env: { ...acceleratorEnv, [variable]: `${command} -loadvm ${suspensionTag}` },
        whileWaiting: (signal) => takeOnIdentity(context, record.name, signal),
      },
      teller,
    );
    return state === "ready" ? undefined : reasons.join("; ");
  } catch (error) {
    if (LimaControlError.is(error, "START_FAILED") || LimaControlError.is(error, "START_TIMEOUT"))
      return error.message;
    throw error;
  }
}
