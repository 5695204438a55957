import { imagesDirectory, listImages } from "@sysinit/image-store";
import { terminalWidth } from "@sysinit-internal/terminal";

import type { CommandContext } from "../command-context.ts";
import { imageTable } from "../describe-image.ts";

export async function imagesList(context: CommandContext): Promise<void> {
  const images = await listImages({ directory: imagesDirectory(context) });
  if (images.length === 0) context.output.say(`no images in ${imagesDirectory(context)}`);
  context.output.list(images, imageTable(images, terminalWidth(context.output.stdout)));
}
