import type { CommandContext } from "../command-context.ts";
import { asGuestStatus } from "../guest-command.ts";
import { runningVm } from "../running-vm.ts";
import { matchingFolder, targetOf } from "../target.ts";

export async function shell(
  context: CommandContext,
  name: string | undefined,
  command: readonly string[],
): Promise<number> {
  return asGuestStatus(context, async () => {
    const target = await targetOf(context, name);
    const vm = await runningVm(context, target.name);
    const cwd = matchingFolder(target, context.directory);
    return vm.shell({ ...(cwd !== undefined && { cwd }), ...(command.length > 0 && { argv: command }) });
  });
}
