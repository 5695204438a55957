import { during, narrateVm } from "@sysinit-internal/terminal";

import type { CommandContext } from "../command-context.ts";
import { limaOf } from "../lima.ts";

export async function stop(
  context: CommandContext,
  name: string,
  options: { force?: boolean },
): Promise<void> {
  const { output, signal } = context;
  const vm = await limaOf(context).attach(name, { signal });
  if (vm.state === "stopped") {
    output.data({ name, action: "already-stopped" }, `${name} is stopped already`);
    return;
  }
  const step = output.step(`stop ${name}`);
  await during(step, () => vm.stop({ force: options.force === true, signal, onEvent: narrateVm(step) }));
  output.data({ name, action: "stopped" }, `${name} is stopped`);
}
