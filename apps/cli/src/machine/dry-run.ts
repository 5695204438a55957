import type { MachinePlan } from "@sysinit-internal/machine";

import type { CommandContext } from "../command-context.ts";
import type { MachineFlags } from "../program/machine-flags.ts";
import { planSteps } from "./plan-steps.ts";

/** Prints what would be run, and the template, in place of doing it. */
export async function dryRun(context: CommandContext, plan: MachinePlan, flags: MachineFlags): Promise<void> {
  const { steps, template } = await planSteps(context, plan, flags);
  const commands = steps.map((argv) => argv.map(shellWord).join(" "));
  context.output.data(
    { name: plan.name, steps, template: template.value },
    `${commands.join("\n")}\n---\n${template.render()}`,
  );
}

/** A word as a shell would have to be given it. */
export function shellWord(word: string): string {
  return /^[\w@%+=:,./#-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}
