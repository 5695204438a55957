import { syncDirectory } from "@sysinit-internal/files";
import { link, lstat } from "node:fs/promises";
import { join } from "node:path";

import { fromSystem } from "../errors/from-system.ts";
import { writeManifest, type Manifest } from "../manifest/manifest.ts";
import { imageFileName, manifestFileName } from "../names/file-names.ts";
import { flipLatestLink } from "../store/latest-link.ts";
import { removeQuietly, type WorkArea } from "../store/work-area.ts";
import type { OnStep } from "./steps.ts";

/**
 * Makes a finished copy an image of the store: link(2) to a name that nobody has, manifest, latest link. The copy keeps
 * its temporary name until the manifest is there: by that a later install knows a half-published image for its own
 * ({@link undoHalfPublished}). What fails before the latest link leads to it is taken back.
 */
export async function publishImage(
  directory: string,
  area: WorkArea,
  part: string,
  record: Omit<Manifest, "file" | "schema">,
  onStep: OnStep,
): Promise<string> {
  const made: string[] = [];
  try {
    const file = await linkUnderFreeName(directory, part, record);
    made.push(join(directory, file));
    await syncDirectory(directory);
    await onStep("linked");

    const manifestPath = join(directory, manifestFileName(file));
    const manifest: Manifest = { schema: 1, ...record, file };
    await writeManifest(manifestPath, manifest, area.temporary);
    made.unshift(manifestPath);
    await onStep("recorded");

    await flipLatestLink(directory, { name: record.name, format: record.format, file }, area);
    made.length = 0;
    await syncDirectory(directory);
    await onStep("flipped");
    return file;
  } catch (error) {
    await removeQuietly(...made);
    throw fromSystem(error, "publish the image in", directory);
  } finally {
    await removeQuietly(part);
  }
}

async function linkUnderFreeName(
  directory: string,
  part: string,
  record: Pick<Manifest, "name" | "format" | "installedAt">,
): Promise<string> {
  for (let attempt = 1; ; attempt++) {
    const file = imageFileName(record.name, record.format, new Date(record.installedAt), attempt);
    if (await isTaken(join(directory, manifestFileName(file)))) continue;
    try {
      await link(part, join(directory, file));
      return file;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    }
  }
}

async function isTaken(path: string): Promise<boolean> {
  return lstat(path).then(
    () => true,
    (error: NodeJS.ErrnoException) => {
      if (error.code === "ENOENT") return false;
      throw error;
    },
  );
}
