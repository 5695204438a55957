import { machineFacts } from "@sysinit-internal/machine";
import { LimaControlError } from "@sysinit/lima-control";

import type { CommandContext } from "../command-context.ts";
import { limaOf } from "../lima.ts";

/** One VM that goes, and why. */
interface Swept {
  name: string;
  why: "left by a run that was killed" | "its time is over";
  action: "deleted" | "would be deleted" | "kept: it is protected";
}

export async function sweep(
  context: CommandContext,
  { dryRun = false }: { dryRun?: boolean },
): Promise<void> {
  const { output, signal } = context;
  const lima = limaOf(context);
  const done = dryRun ? "would be deleted" : "deleted";
  const swept: Swept[] = (await lima.sweep({ signal, dryRun })).map((name) => ({
    name,
    why: "left by a run that was killed",
    action: done,
  }));
  const gone = new Set(swept.map(({ name }) => name));
  for (const instance of await lima.list({ signal })) {
    const { isOver } = await machineFacts(instance);
    if (!isOver || gone.has(instance.name)) continue;
    const one: Swept = { name: instance.name, why: "its time is over", action: done };
    if (instance.protected) one.action = "kept: it is protected";
    else if (!dryRun) {
      const vm = await lima.attach(instance.name, { signal });
      await vm.delete({ signal }).catch((error: unknown) => {
        if (!LimaControlError.is(error, "PROTECTED")) throw error;
        one.action = "kept: it is protected";
      });
    }
    swept.push(one);
  }
  if (swept.length === 0) output.say("nothing to sweep");
  output.list(swept, swept.map(({ name, why, action }) => `${name} ${action}: ${why}`).join("\n"));
}
