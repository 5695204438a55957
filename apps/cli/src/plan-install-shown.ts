import { imagesDirectory, planInstall, type InstallPlan } from "@sysinit/image-store";
import { during, formatBytes, narrateStore } from "@sysinit-internal/terminal";

import type { CommandContext } from "./command-context.ts";
import { imageTitle } from "./describe-image.ts";

/** Says what installing a file would do. */
export async function planInstallShown(context: CommandContext, source: string, name: string): Promise<void> {
  const { signal, output } = context;
  const step = output.step(`look at ${source}`);
  const onEvent = narrateStore(step);
  const plan = await during(step, () =>
    planInstall({ directory: imagesDirectory(context), name, source, signal, onEvent }),
  );
  output.data({ dryRun: true, ...plan }, describe(plan));
}

function describe({ name, source, format, bytes, outcome, image }: InstallPlan): string {
  if (image === undefined)
    return `would copy ${source} (${format}, ${formatBytes(bytes)}) as the next generation of ${name}`;
  return outcome === "unchanged"
    ? `${imageTitle(image)} is that image already`
    : `would make ${imageTitle(image)}, which is that image, the latest`;
}
