import type { StoredImage } from "@sysinit/image-store";
import { formatBytes, renderTable } from "@sysinit-internal/terminal";

/** Which image it is: "generation 2 of lima-minimal". */
export function imageTitle({ name, generation }: Pick<StoredImage, "name" | "generation">): string {
  return `generation ${generation} of ${name}`;
}

/** Images as a table, in `width` columns of a terminal. */
export function imageTable(images: readonly StoredImage[], width?: number): string {
  if (images.length === 0) return "";
  return renderTable<StoredImage>(
    [
      { title: "NAME", text: (image) => image.name },
      { title: "GENERATION", text: (image) => `${image.generation}${image.latest ? " (latest)" : ""}` },
      { title: "SIZE", text: (image) => formatBytes(image.bytes), align: "right" },
      { title: "VIRTUAL", text: (image) => formatBytes(image.virtualBytes), align: "right", spare: true },
      { title: "INSTALLED", text: (image) => image.installedAt, spare: true },
      { title: "FILE", text: (image) => image.file, spare: true },
    ],
    images,
    width,
  );
}

/** "1 image", "2 images". */
export function countImages(count: number): string {
  return count === 1 ? "1 image" : `${count} images`;
}
