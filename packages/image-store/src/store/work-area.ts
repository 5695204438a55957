import { randomUUID } from "node:crypto";
import { lstat, mkdir, readdir, stat, unlink } from "node:fs/promises";
import { join } from "node:path";

import { fromSystem } from "../errors/from-system.ts";
import { ImageStoreError } from "../errors/image-store-error.ts";

/** The store's own folder inside the directory of images: the lock, and files that are being made or removed. */
export interface WorkArea {
  readonly lock: string;
  /** Files that take space until it is needed to remove something. */
  readonly reserves: readonly string[];
  /** Records that repair has put out of the way. */
  readonly setAside: string;
  /** The highest generation that each name has had. */
  readonly generations: string;
  /** On the same file system as the images, so that links and renames into place are atomic. */
  readonly temporary: string;
}

const areaName = ".image-store";
const uuid = "[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}";
const temporaryForm = new RegExp(`^\\.?[\\w.-]*${uuid}\\.(?:tmp|part|link|removed)$`);
const setAsideForm = new RegExp(`^(?<file>.+)\\.${uuid}\\.removed$`);

/** Where the work area of a store is; nothing is made. */
export function workAreaOf(directory: string): WorkArea {
  const inArea = (name: string) => join(directory, areaName, name);
  return {
    lock: inArea("lock"),
    reserves: [inArea("reserve-1"), inArea("reserve-2")],
    generations: inArea("generations.json"),
    setAside: inArea("set-aside"),
    temporary: inArea("tmp"),
  };
}

/**
 * Makes the directory of images (0700, like Lima's own) and the work area in it, where they are not there yet.
 *
 * @throws ImageStoreError DIRECTORY_NOT_WRITABLE, DIRECTORY_UNSAFE
 */
export async function prepareStore(directory: string): Promise<WorkArea> {
  const area = workAreaOf(directory);
  try {
    await mkdir(directory, { recursive: true, mode: 0o700 });
    await checkOwner(directory);
    await mkdir(area.temporary, { recursive: true, mode: 0o700 });
  } catch (error) {
    throw fromSystem(error, "make the directory", directory);
  }
  // A link planted in its place would lead our writing and sweeping elsewhere.
  for (const path of [join(directory, areaName), area.temporary]) {
    const stats = await lstat(path);
    if (!stats.isDirectory()) {
      throw unsafe(
        path,
        "is not a directory",
        "Move it away: the store keeps its lock and temporary files there.",
      );
    }
    checkOwnerOf(path, stats);
  }
  return area;
}

/** A new name for a file in the making. */
export function temporaryFile(area: WorkArea, kind: "part" | "link"): string {
  return join(area.temporary, `${randomUUID()}.${kind}`);
}

/** A new name for a file that is being removed; it tells the name that it had, for whoever ends the removal. */
export function setAsideFile(area: WorkArea, file: string): string {
  return join(area.temporary, `${file}.${randomUUID()}.removed`);
}

/** The name that a file had before it was set aside; undefined for any other file. */
export function setAsideName(name: string): string | undefined {
  return setAsideForm.exec(name)?.groups?.["file"];
}

/**
 * What killed processes left in the making. Only to be called while holding the lock: nobody else has temporary files then.
 */
export async function listLeftovers(area: WorkArea): Promise<string[]> {
  const names = await readdir(area.temporary).catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return [];
    throw error;
  });
  return names.filter((name) => temporaryForm.test(name)).map((name) => join(area.temporary, name));
}

/** Removes files, as far as that is possible. */
export async function removeQuietly(...paths: readonly string[]): Promise<void> {
  for (const path of paths) await unlink(path).catch(() => {});
}

async function checkOwner(directory: string): Promise<void> {
  checkOwnerOf(directory, await stat(directory));
}

function checkOwnerOf(path: string, stats: { uid: number; mode: number }): void {
  const us = process.geteuid?.();
  if (us !== undefined && stats.uid !== us) {
    const hint =
      us === 0 ? "Run as the owner of the directory, not as root." : "Use a directory of your own.";
    throw unsafe(path, `belongs to another user (uid ${stats.uid}, we are ${us})`, hint);
  }
  const [writableByAll, sticky] = [0o002, 0o1000];
  if ((stats.mode & writableByAll) !== 0 && (stats.mode & sticky) === 0) {
    throw unsafe(path, "can be written by everybody", `Take that away: chmod o-w '${path}'`);
  }
}

function unsafe(path: string, reason: string, hint: string): ImageStoreError {
  return new ImageStoreError({
    code: "DIRECTORY_UNSAFE",
    message: `the image store is not used: ${path} ${reason}`,
    hint,
    details: { path },
  });
}
