import { LimaControlError, type RunningVm } from "@sysinit/lima-control";

import type { CommandContext } from "./command-context.ts";
import { limaOf } from "./lima.ts";

/** The handle of a VM that has to be running. */
export async function runningVm(context: CommandContext, name: string): Promise<RunningVm> {
  const vm = await limaOf(context).attach(name, { signal: context.signal });
  if (vm.state === "running") return vm;
  const { status } = await vm.inspect();
  throw new LimaControlError({
    code: "NOT_RUNNING",
    message: `instance ${name} is not running (${status})`,
    hint: `lima-cli start ${name}`,
    details: { name, status },
  });
}
