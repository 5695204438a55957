import { resolve } from "node:path";

import { adoptImage, imagesDirectory } from "@sysinit/image-store";
import { during, narrateStore } from "@sysinit-internal/terminal";

import type { CommandContext } from "../command-context.ts";
import { imageTitle } from "../describe-image.ts";

export async function imagesAdopt(
  context: CommandContext,
  file: string,
  { dryRun = false }: { dryRun?: boolean },
): Promise<void> {
  const step = context.output.step(`adopt ${file}`);
  const adopt = () =>
    adoptImage({
      directory: imagesDirectory(context),
      file: resolve(context.directory, file),
      dryRun,
      signal: context.signal,
      onEvent: narrateStore(step),
    });
  const result = await during(step, adopt, ({ outcome }) => outcome);
  const { image, outcome } = result;
  const verb = outcome === "unchanged" ? "is already" : dryRun ? "would become" : "is now";
  context.output.data(
    { ...(dryRun && { dryRun }), outcome, ...image },
    `${image.file} ${verb} ${imageTitle(image)}${image.latest ? ", the latest" : ""}`,
  );
}
