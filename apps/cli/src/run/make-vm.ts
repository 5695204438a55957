import { imagesDirectory } from "@sysinit/image-store";
import type { InstanceChanges, Lima, RunningVm } from "@sysinit/lima-control";
import {
  sameMount,
  wantedNow,
  writeMachineRecord,
  type MachinePlan,
  type OnlyMount,
} from "@sysinit-internal/machine";
import { during } from "@sysinit-internal/terminal";

import type { CommandContext } from "../command-context.ts";
import { obtainMachineImage } from "../machine/obtain-image.ts";
import { machineOwner } from "../machine/owner.ts";
import { narrateStart } from "../narrate-start.ts";
import { findGolden, type Golden } from "./find-golden.ts";
import type { RunFlags } from "./run-flags.ts";

/** Makes the VM of a run: a clone of a golden instance where there is one, else from the image. It is owned. */
export async function makeVm(
  context: CommandContext,
  lima: Lima,
  plan: MachinePlan,
  mounts: readonly OnlyMount[],
  flags: RunFlags,
): Promise<RunningVm> {
  const { signal } = context;
  const directory = imagesDirectory(context);
  let golden: Golden | undefined;
  if (flags.from !== undefined) golden = { name: flags.from, isSame: false };
  else if (!flags.fresh) golden = await findGolden(lima, plan, directory, signal);
  const vm =
    golden === undefined
      ? await launchFromImage(context, lima, plan, flags)
      : await startClone(context, lima, plan, mounts, golden);
  try {
    const { madeOf } = await wantedNow({ ...plan, imagesDirectory: directory });
    await writeMachineRecord(vm.dir, {
      schema: 1,
      name: plan.name,
      createdAt: new Date().toISOString(),
      owner: `run of ${machineOwner()}`,
      madeOf,
    });
    return vm;
  } catch (error) {
    await vm.delete();
    throw error;
  }
}

async function launchFromImage(
  context: CommandContext,
  lima: Lima,
  plan: MachinePlan,
  flags: RunFlags,
): Promise<RunningVm> {
  const { template } = await obtainMachineImage(context, plan, flags);
  const step = context.output.step(`start ${plan.name}`);
  return during(
    step,
    () =>
      lima.launch({
        name: plan.name,
        template: template.render(),
        startTimeoutMs: plan.startTimeoutMs,
        probes: plan.probes,
        signal: context.signal,
        onEvent: narrateStart(step, lima, plan.name),
      }),
    () => "ready",
  );
}

async function startClone(
  context: CommandContext,
  lima: Lima,
  plan: MachinePlan,
  mounts: readonly OnlyMount[],
  golden: Golden,
): Promise<RunningVm> {
  const { signal } = context;
  const step = context.output.step(`start ${plan.name}, a clone of ${golden.name}`);
  return during(
    step,
    async () => {
      const from = await lima.attach(golden.name, { signal });
      if (from.state === "running") {
        // It is refused there, with what to do.
        return await lima.launch({ name: plan.name, from: golden.name, signal });
      }
      const clone = await from.clone(plan.name, { signal });
      try {
        if (!golden.isSame) {
          // The probes of its template may wait for the mounts that it had.
          const { probes = [] } = plan.template.value;
          const set = { mounts: mounts.map(sameMount), probes } as unknown as InstanceChanges["set"];
          await clone.edit({ set }, { signal });
        }
        return await clone.start({
          timeoutMs: plan.startTimeoutMs,
          probes: plan.probes,
          signal,
          onEvent: narrateStart(step, lima, plan.name),
        });
      } catch (error) {
        await clone.delete();
        throw error;
      }
    },
    () => "ready",
  );
}
