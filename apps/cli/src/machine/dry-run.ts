import type { MachinePlan } from "@sysinit-internal/machine";
import { exitCodes } from "@sysinit-internal/terminal";

import type { CommandContext } from "../command-context.ts";
import type { MachineFlags } from "../program/machine-flags.ts";
import { planSteps } from "./plan-steps.ts";

/**
 * Prints what would be run, and the template, in place of doing it.
 *
 * @param command What would then be run in the guest, whose VM would be deleted.
 */
export async function dryRun(
  context: CommandContext,
  plan: MachinePlan,
  flags: Pick<MachineFlags, "build" | "guest">,
  command?: readonly string[],
): Promise<number> {
  const { steps, template } = await planSteps(context, plan, flags);
  if (command !== undefined)
    steps.push(["limactl", "shell", plan.name, ...command], ["limactl", "delete", "--force", plan.name]);
  const lines = steps.map((argv) => argv.map(shellWord).join(" "));
  context.output.data(
    { name: plan.name, steps, template: template.value },
    [...lines, "---", template.render()].join("\n"),
  );
  return exitCodes.ok;
}

/** A word as a shell would have to be given it. */
export function shellWord(word: string): string {
  return /^[\w@%+=:,./#-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}
