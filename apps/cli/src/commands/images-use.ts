import { imagesDirectory, useImage } from "@sysinit/image-store";
import { during, narrateStore } from "@sysinit-internal/terminal";

import type { CommandContext } from "../command-context.ts";
import { describeUse, sayUse } from "../say-use.ts";

export async function imagesUse(
  context: CommandContext,
  name: string,
  generation: number,
  { dryRun = false }: { dryRun?: boolean },
): Promise<void> {
  const step = context.output.step(`use generation ${generation} of ${name}`);
  const use = () =>
    useImage({
      directory: imagesDirectory(context),
      name,
      generation,
      dryRun,
      signal: context.signal,
      onEvent: narrateStore(step),
    });
  sayUse(context, await during(step, use, describeUse(dryRun)), dryRun);
}
