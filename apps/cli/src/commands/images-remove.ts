import { imagesDirectory, removeImage } from "@sysinit/image-store";
import { during, exitCodes, formatBytes, narrateStore, terminalWidth } from "@sysinit-internal/terminal";

import type { CommandContext } from "../command-context.ts";
import { mayRemove, type RemovalFlags } from "../confirm.ts";
import { countImages, imageTable, imageTitle } from "../describe-image.ts";

export interface RemoveFlags extends RemovalFlags {
  allowReferenced?: boolean;
}

/** Plans the removal, shows it, asks, and does it. What somebody needs is refused before the question. */
export async function imagesRemove(
  context: CommandContext,
  name: string,
  generation: number | "all",
  flags: RemoveFlags,
): Promise<number> {
  const { output, signal, env } = context;
  const { allowReferenced, dryRun = false } = flags;
  const request = { directory: imagesDirectory(context), name, generation, allowReferenced, env, signal };
  const plan = await removeImage({ ...request, dryRun: true });
  const size = formatBytes(plan.allocatedBytes);
  if (dryRun) {
    output.data(
      { dryRun, ...plan },
      `${imageTable(plan.images, terminalWidth(output.stdout))}\nwould free ${size}`,
    );
    return exitCodes.ok;
  }
  output.say(imageTable(plan.images, terminalWidth(output.stderr)));
  const what = plan.images.length === 1 ? imageTitle(plan.images[0]!) : countImages(plan.images.length);
  if (!(await mayRemove(context, `remove ${what} (${size})`, flags))) return exitCodes.failed;
  const step = output.step(`remove ${what}`);
  const remove = () => removeImage({ ...request, onEvent: narrateStore(step) });
  const removed = await during(step, remove, ({ allocatedBytes }) => formatBytes(allocatedBytes));
  output.data(removed, removed.images.map(({ file }) => `removed ${file}`).join("\n"));
  return exitCodes.ok;
}
