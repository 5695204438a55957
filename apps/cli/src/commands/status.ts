import type { CommandContext } from "../command-context.ts";
import { statusOf } from "../machine/status-of.ts";
import { targetOf } from "../target.ts";

export async function status(
  context: CommandContext,
  name: string | undefined,
  options: { watch?: boolean },
): Promise<void> {
  const target = await targetOf(context, name);
  if (options.watch) return (await import("./status-watch.ts")).watchStatus(context, target);
  const { data, text } = await statusOf(context, target);
  context.output.data(data, text);
}
