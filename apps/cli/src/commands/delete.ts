import { during } from "@sysinit-internal/terminal";

import type { CommandContext } from "../command-context.ts";
import { limaOf } from "../lima.ts";
import { targetOf } from "../target.ts";

export async function deleteInstances(context: CommandContext, given: readonly string[]): Promise<void> {
  const { output, signal } = context;
  const names = given.length === 0 ? [(await targetOf(context, undefined)).name] : given;
  const lima = limaOf(context);
  // All names are looked up before the first is deleted: a typing mistake deletes nothing.
  const vms = [];
  for (const name of new Set(names)) vms.push(await lima.attach(name, { signal }));
  for (const vm of vms) {
    await during(output.step(`delete ${vm.name}`), () => vm.delete({ signal }));
    output.data({ name: vm.name, action: "deleted" }, `${vm.name} is gone`);
  }
}
