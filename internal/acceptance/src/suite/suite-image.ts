import { basename } from "node:path";

import type { SuiteImage } from "./image-schema.ts";

/** What an image is called in cells of the matrix and in the store: its own name, or one made of where it comes from. */
export function imageName(image: SuiteImage): string {
  if (typeof image === "string") return nameOf(image.slice(image.lastIndexOf("#") + 1));
  if ("stored" in image) return image.stored;
  if (image.name !== undefined) return image.name;
  if ("installable" in image) return imageName(image.installable);
  return nameOf(basename(image.file).replace(/\.(qcow2|raw|img)$/, ""));
}

/** Of `packages.x86_64-linux.my-image` the last part, in the form that names of the store have. */
function nameOf(text: string): string {
  const last = text.split(/[./]/).findLast((part) => part !== "" && part !== "image") ?? "image";
  const name = last
    .toLowerCase()
    .replace(/[^a-z0-9._-]+/g, "-")
    .replace(/[._-]{2,}/g, "-")
    .replace(/^[._-]+|[._-]+$/g, "");
  return name === "" || name === "system" ? "image" : name;
}
