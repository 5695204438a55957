import { pipeline } from "node:stream/promises";

import type { CommandContext } from "../command-context.ts";
import { asGuestStatus } from "../guest-command.ts";
import { runningVm } from "../running-vm.ts";
import { matchingFolder, targetOf } from "../target.ts";

export async function exec(
  context: CommandContext,
  name: string | undefined,
  command: readonly string[],
  options: { cwd?: string; root?: boolean },
): Promise<number> {
  const { output, signal } = context;
  return asGuestStatus(context, async () => {
    const target = await targetOf(context, name);
    const vm = await runningVm(context, target.name);
    const cwd = options.cwd ?? matchingFolder(target, context.directory) ?? "/";
    const how = { cwd, signal, ...(options.root && { user: "root" as const }) };
    if (output.json) {
      const result = await vm.tryExec(command, how);
      output.data(result, "");
      return result.exitCode;
    }
    // Byte for byte, and as fast as whoever reads ours.
    const running = vm.spawn(command, how);
    await Promise.all([
      pipeline(running.stdout, output.stdout, { end: false }),
      pipeline(running.stderr, output.stderr, { end: false }),
    ]);
    return (await running.exit).exitCode;
  });
}
