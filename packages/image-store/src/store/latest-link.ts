import { lstat, readlink, realpath, rename, symlink, unlink } from "node:fs/promises";
import { basename, dirname, isAbsolute, join, resolve } from "node:path";

import { ImageStoreError } from "../errors/image-store-error.ts";
import { imageFormats, latestLinkName, parseImageFileName, type ImageFormat } from "../names/file-names.ts";
import { temporaryFile, type WorkArea } from "./work-area.ts";

/** A latest link as found. */
export interface LatestLink {
  path: string;
  /** What stands in the link. */
  target: string;
  /** Name of the image file that it leads to; undefined when it leads out of the store or to another name's image. */
  file: string | undefined;
}

/**
 * Reads the latest links of a name: normally one, two only when an install was killed while the format changed.
 *
 * @throws ImageStoreError LATEST_NOT_A_LINK
 */
export async function readLatestLinks(directory: string, name: string): Promise<LatestLink[]> {
  const links = await Promise.all(imageFormats.map((format) => readLatestLink(directory, name, format)));
  return links.filter((link) => link !== undefined);
}

async function readLatestLink(
  directory: string,
  name: string,
  format: ImageFormat,
): Promise<LatestLink | undefined> {
  const path = join(directory, latestLinkName(name, format));
  let target: string;
  try {
    const stats = await lstat(path);
    if (!stats.isSymbolicLink()) throw notALink(path, stats.isDirectory() ? "directory" : "file");
    target = await readlink(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw error;
  }
  const file = basename(target);
  const inside = (await realPath(resolve(directory, dirname(target)))) === (await realPath(directory));
  return { path, target, file: inside && parseImageFileName(file)?.name === name ? file : undefined };
}

async function realPath(path: string): Promise<string> {
  return await realpath(path).catch(() => path);
}

/** What is wrong with a link that leads somewhere, for people; undefined when nothing is. */
export function latestLinkProblem(link: LatestLink): string | undefined {
  if (link.file === undefined)
    return `${link.path} leads to ${link.target}, which is no image of this name here`;
  if (isAbsolute(link.target))
    return `${link.path} holds an absolute path, which breaks when the store is moved`;
  return undefined;
}

/**
 * Lets the latest link lead to an image, in one step: a reader finds either the old target or the new one. A link of the
 * other format is removed when it leads to an image of the store.
 */
export async function flipLatestLink(
  directory: string,
  image: { name: string; format: ImageFormat; file: string },
  area: WorkArea,
): Promise<void> {
  const temporary = temporaryFile(area, "link");
  const path = join(directory, latestLinkName(image.name, image.format));
  await symlink(image.file, temporary);
  try {
    await rename(temporary, path);
  } catch (error) {
    await unlink(temporary).catch(() => {});
    throw error;
  }
  for (const link of await readLatestLinks(directory, image.name)) {
    if (link.path !== path && link.file !== undefined) await unlink(link.path);
  }
}

/** Removes the latest links of a name, as far as they lead to images of it. */
export async function removeLatestLinks(directory: string, name: string): Promise<void> {
  for (const link of await readLatestLinks(directory, name)) {
    if (link.file !== undefined) await unlink(link.path);
  }
}

function notALink(path: string, kind: string): ImageStoreError {
  return new ImageStoreError({
    code: "LATEST_NOT_A_LINK",
    message: `${path} is a ${kind}, not the symbolic link that belongs there`,
    hint: "It is not ours, so it stays: move it to another name, then try again.",
    details: { path, kind },
  });
}
