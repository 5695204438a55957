import { imagesDirectory, listImages, type StoredImage } from "@sysinit/image-store";
import { formatBytes, renderTable } from "@sysinit-internal/terminal";

import type { CommandContext } from "../command-context.ts";

export async function imagesList(context: CommandContext): Promise<void> {
  const images = await listImages({ directory: imagesDirectory(context) });
  if (images.length === 0) context.output.say(`no images in ${imagesDirectory(context)}`);
  const table = renderTable<StoredImage>(
    [
      { title: "NAME", text: (image) => image.name },
      { title: "GENERATION", text: (image) => `${image.generation}${image.latest ? " (latest)" : ""}` },
      { title: "SIZE", text: (image) => formatBytes(image.bytes), align: "right" },
      { title: "VIRTUAL", text: (image) => formatBytes(image.virtualBytes), align: "right" },
      { title: "INSTALLED", text: (image) => image.installedAt },
      { title: "FILE", text: (image) => image.file },
    ],
    images,
  );
  context.output.list(images, images.length === 0 ? "" : table);
}
