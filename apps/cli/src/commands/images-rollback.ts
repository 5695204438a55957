import { imagesDirectory, rollbackImage } from "@sysinit/image-store";
import { during, narrateStore } from "@sysinit-internal/terminal";

import type { CommandContext } from "../command-context.ts";
import { describeUse, sayUse } from "../say-use.ts";

export async function imagesRollback(
  context: CommandContext,
  name: string,
  { dryRun = false }: { dryRun?: boolean },
): Promise<void> {
  const step = context.output.step(`roll back ${name}`);
  const rollback = () =>
    rollbackImage({
      directory: imagesDirectory(context),
      name,
      dryRun,
      signal: context.signal,
      onEvent: narrateStore(step),
    });
  sayUse(context, await during(step, rollback, describeUse(dryRun)), dryRun);
}
