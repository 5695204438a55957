export const imageFormats = ["qcow2", "raw"] as const;
/** Formats that are stored. */
export type ImageFormat = (typeof imageFormats)[number];

const imageFileForm =
  /^sysinit-(?<name>[a-z0-9][a-z0-9._-]{0,63}?)-\d{8}-\d{6}(?:-\d+)?\.(?<format>qcow2|raw)$/;

/**
 * File name of a new image: `sysinit-NAME-YYYYMMDD-HHMMSS.qcow2`, and with `-2`, `-3`, … before the dot where several
 * came in one second. The time is UTC and a label only: generations are ordered by their number.
 */
export function imageFileName(name: string, format: ImageFormat, at: Date, attempt: number): string {
  const digits = at.toISOString().replace(/\D/g, "");
  const stamp = `${digits.slice(0, 8)}-${digits.slice(8, 14)}`;
  return `sysinit-${name}-${stamp}${attempt === 1 ? "" : `-${attempt}`}.${format}`;
}

/** File name of the manifest of an image. */
export function manifestFileName(imageFile: string): string {
  return `${imageFile}.json`;
}

/** File name of the raw disk that is kept beside a qcow2 image. */
export function rawFileName(imageFile: string): string {
  return imageFile.replace(/\.qcow2$/, ".raw");
}

/** The qcow2 image that a raw disk of this name would stand beside; undefined for any other file. */
export function imageOfRaw(file: string): string | undefined {
  return parseImageFileName(file)?.format === "raw" ? file.replace(/\.raw$/, ".qcow2") : undefined;
}

/** File name of the symbolic link to the latest generation. */
export function latestLinkName(name: string, format: ImageFormat): string {
  return `sysinit-${name}-latest.${format}`;
}

/** What the file name of an image says; undefined for any other file. */
export function parseImageFileName(file: string): { name: string; format: ImageFormat } | undefined {
  const groups = imageFileForm.exec(file)?.groups;
  return groups && { name: groups["name"]!, format: groups["format"] as ImageFormat };
}

/** The image that a manifest's file name belongs to; undefined for any other file. */
export function imageOfManifest(file: string): string | undefined {
  if (!file.endsWith(".json")) return undefined;
  const image = file.slice(0, -".json".length);
  return parseImageFileName(image) && image;
}
