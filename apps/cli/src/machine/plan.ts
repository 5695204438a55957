import { imagesDirectory } from "@sysinit/image-store";
import { checkInstanceName } from "@sysinit/lima-control";
import { planMachine, type MachinePlan } from "@sysinit-internal/machine";

import type { CommandContext } from "../command-context.ts";
import { defaultImageName } from "../defaults.ts";
import { limaOf } from "../lima.ts";
import type { MachineFlags } from "../program/machine-flags.ts";
import type { Target } from "../target.ts";

/** The plan of the VM that is meant; everything that can be refused is refused here, before anything is built. */
export async function planOf(
  context: CommandContext,
  target: Target,
  flags: MachineFlags,
): Promise<MachinePlan> {
  const { env, directory } = context;
  checkInstanceName(target.name, limaOf(context).home);
  imagesDirectory(context);
  return planMachine({ ...target, flags: settingFlags(flags), env, directory, defaultImageName });
}

/** The flags that are settings, by the names of these. */
export function settingFlags({ image, template, cpus, memory, disk, ttl, timeout }: MachineFlags) {
  return { image, template, cpus, memory, disk, ttl, startTimeout: timeout };
}
