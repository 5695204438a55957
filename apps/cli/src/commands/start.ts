import { narrateVm } from "@sysinit-internal/terminal";

import type { CommandContext } from "../command-context.ts";
import { limaForStart, limaOf } from "../lima.ts";
import { timeLimit } from "../time-limit.ts";

export async function start(
  context: CommandContext,
  name: string,
  options: { timeout?: number },
): Promise<void> {
  const { output, signal } = context;
  const borrowed = await limaOf(context).attach(name, { signal });
  if (borrowed.state === "running") {
    output.data({ name, action: "already-running" }, `${name} is running already`);
    return;
  }
  const lima = await limaForStart(context);
  const vm = await lima.attach(name, { signal });
  const step = output.step(`start ${name}`);
  try {
    if (vm.state === "stopped") {
      await vm.start({ ...timeLimit(options.timeout), signal, onEvent: narrateVm(step) });
    }
  } catch (error) {
    step.failed();
    throw error;
  }
  step.done("ready");
  output.data({ name, action: "started" }, `${name} is ready`);
}
