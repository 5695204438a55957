import type { CommandContext } from "../command-context.ts";
import { asGuestStatus } from "../guest-command.ts";
import { runningVm } from "../running-vm.ts";

export async function exec(
  context: CommandContext,
  name: string,
  command: readonly string[],
  options: { cwd: string; root?: boolean },
): Promise<number> {
  const { output, signal } = context;
  return asGuestStatus(context, async () => {
    const vm = await runningVm(context, name);
    const result = await vm.tryExec(command, {
      cwd: options.cwd,
      signal,
      ...(options.root && { user: "root" as const }),
      ...(!output.json && {
        onLine: (line: string, stream: "stdout" | "stderr") => output[stream].write(`${line}\n`),
      }),
    });
    if (output.json) output.data(result, "");
    return result.exitCode;
  });
}
