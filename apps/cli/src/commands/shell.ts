import type { CommandContext } from "../command-context.ts";
import { asGuestStatus } from "../guest-command.ts";
import { runningVm } from "../running-vm.ts";

export async function shell(
  context: CommandContext,
  name: string,
  command: readonly string[],
): Promise<number> {
  return asGuestStatus(context, async () => {
    const vm = await runningVm(context, name);
    return vm.shell(command.length === 0 ? {} : { argv: command });
  });
}
