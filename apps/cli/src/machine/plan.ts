import { join } from "node:path";

import { imagesDirectory } from "@sysinit/image-store";
import { checkInstanceName } from "@sysinit/lima-control";
import {
  planMachine,
  readMachineRecord,
  type MachinePlan,
  type MachineRecord,
} from "@sysinit-internal/machine";
import type { SettingFlags } from "@sysinit-internal/project";

import type { CommandContext } from "../command-context.ts";
import { defaultImageName } from "../defaults.ts";
import { imageWithDigest } from "../image-with-digest.ts";
import { limaOf } from "../lima.ts";
import type { MachineFlags } from "../program/machine-flags.ts";
import type { Target } from "../target.ts";

/** A plan, and the flags that are remembered of a VM of no project. */
export interface TargetPlan extends MachinePlan {
  given: NonNullable<MachineRecord["given"]>;
}

/**
 * The plan of the VM that is meant; everything that can be refused is refused here, before anything is built. A VM of no project
 * that is there is meant as it was made, unless flags say otherwise.
 */
export async function planOf(
  context: CommandContext,
  target: Target,
  flags: Partial<MachineFlags>,
): Promise<TargetPlan> {
  const { env, directory } = context;
  const { home } = limaOf(context);
  checkInstanceName(target.name, home);
  imagesDirectory(context);
  const { ttl, startTimeout, ...made } = settingFlags(flags);
  const isSaid = target.project !== undefined || Object.values(made).some((value) => value !== undefined);
  const record = isSaid ? undefined : await readMachineRecord(target.name, join(home, target.name));
  const given = record?.given ?? { flags: made, directory };
  const plan = await planMachine({
    ...target,
    flags: { ...given.flags, ttl, startTimeout },
    env,
    directory: given.directory,
    defaultImageName,
  });
  return { ...plan, given };
}

function settingFlags({
  image,
  sha256,
  template,
  cpus,
  memory,
  disk,
  ttl,
  timeout,
}: Partial<MachineFlags>): SettingFlags {
  return {
    image: imageWithDigest({ image, sha256 }),
    template,
    cpus,
    memory,
    disk,
    ttl,
    startTimeout: timeout,
  };
}
