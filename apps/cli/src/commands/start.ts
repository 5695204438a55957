import { during } from "@sysinit-internal/terminal";

import type { CommandContext } from "../command-context.ts";
import { limaForStart } from "../lima.ts";
import { narrateStart } from "../narrate-start.ts";
import { targetOf } from "../target.ts";
import { timeLimit } from "../time-limit.ts";

export async function start(
  context: CommandContext,
  wanted: string | undefined,
  options: { timeout?: string },
): Promise<void> {
  const { output, signal } = context;
  const { name } = await targetOf(context, wanted);
  const limit = timeLimit(options.timeout);
  const lima = await limaForStart(context);
  const vm = await lima.attach(name, { signal });
  if (vm.state === "running") {
    output.data({ name, action: "already-running" }, `${name} is running already`);
    return;
  }
  const step = output.step(`start ${name}`);
  await during(
    step,
    () => vm.start({ ...limit, signal, onEvent: narrateStart(step, lima, name) }),
    () => "ready",
  );
  output.data({ name, action: "started" }, `${name} is ready`);
}
