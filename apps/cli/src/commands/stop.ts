import { during, narrateVm } from "@sysinit-internal/terminal";

import type { CommandContext } from "../command-context.ts";
import { limaOf } from "../lima.ts";
import { targetOf } from "../target.ts";

export async function stop(
  context: CommandContext,
  wanted: string | undefined,
  options: { force?: boolean; suspend?: boolean },
): Promise<void> {
  const { output, signal } = context;
  const { name } = await targetOf(context, wanted);
  const vm = await limaOf(context).attach(name, { signal });
  if (vm.state === "stopped") {
    output.data({ name, action: "already-stopped" }, `${name} is stopped already`);
    return;
  }
  if (options.suspend) {
    const step = output.step(`suspend ${name}`);
    await during(step, () => vm.suspend({ signal, onEvent: narrateVm(step) }));
    output.data({ name, action: "suspended" }, `${name} is suspended`);
    return;
  }
  const step = output.step(`stop ${name}`);
  await during(step, () => vm.stop({ force: options.force === true, signal, onEvent: narrateVm(step) }));
  output.data({ name, action: "stopped" }, `${name} is stopped`);
}
