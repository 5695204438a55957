import type { InstanceChanges, Lima, StoppedVm } from "@sysinit/lima-control";
import {
  MachineError,
  mostNeeded,
  type Change,
  type MachinePlan,
  type MachineRecord,
} from "@sysinit-internal/machine";
import { during, narrateVm } from "@sysinit-internal/terminal";

import type { CommandContext } from "../command-context.ts";
import { changeLines } from "./say-changes.ts";
import type { Action } from "./say-ready.ts";

/**
 * Does what the changes need, as far as it has to be done before the start: stops the VM and edits its template, or deletes it.
 * Disks of `additionalDisks` are things of their own to Lima and stay.
 *
 * @returns What `up` then does; undefined when nothing needed to be done.
 * @throws MachineError NOT_OURS
 */
export async function applyChanges(
  context: CommandContext,
  lima: Lima,
  plan: MachinePlan,
  record: MachineRecord | undefined,
  changes: readonly Change[],
): Promise<Action | undefined> {
  const { output, signal } = context;
  const { name } = plan;
  if (record === undefined) {
    throw new MachineError({
      code: "NOT_OURS",
      message: `${name} was not made by lima-cli up, so it is not known what has changed`,
      hint: `delete it if nothing in it is needed: lima-cli delete ${name}`,
      details: { name },
    });
  }
  const needed = mostNeeded(changes.map(({ needs }) => needs));
  for (const line of changeLines(changes)) output.say(line);
  if (needed === "nothing") return undefined;
  const vm = await lima.attach(name, { signal });
  if (needed === "new-vm") {
    await during(output.step(`delete ${name}`), () => vm.delete({ signal }));
    return "recreated";
  }
  let stopped: StoppedVm;
  if (vm.state === "running") {
    const step = output.step(`stop ${name}`);
    stopped = await during(step, () => vm.stop({ signal, onEvent: narrateVm(step) }));
  } else {
    stopped = vm;
  }
  const values = plan.template.value as Record<string, unknown>;
  const keys = changes.map(({ what }) => what).filter((what) => what !== "checks");
  // limactl takes null for a key that is not there.
  const set = Object.fromEntries(keys.map((key) => [key, values[key] ?? null])) as InstanceChanges["set"];
  await during(output.step(`change ${name}`), () => stopped.edit({ set }, { signal }));
  return "restarted";
}
