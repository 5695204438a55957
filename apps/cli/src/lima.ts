import { createLima, detectAccelerator, type Lima } from "@sysinit/lima-control";
import { requireHost } from "@sysinit-internal/machine";

import type { CommandContext } from "./command-context.ts";

/** For everything but starting a VM. */
export function limaOf({ env }: CommandContext): Lima {
  return createLima({ env });
}

/**
 * For starting a VM: everything that it needs is there, the accelerator is known and its absence was said.
 * Throws PREREQUISITE_MISSING before anything is built or created.
 */
export async function limaForStart({ env, output, signal }: CommandContext, owner?: string): Promise<Lima> {
  await requireHost({ env, signal });
  const accelerator = await detectAccelerator({ env });
  if (!accelerator.hardware) output.say(`no hardware acceleration: ${accelerator.reason}`);
  return createLima({ env, accelerator, owner });
}
