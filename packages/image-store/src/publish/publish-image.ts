import { syncDirectory } from "@sysinit-internal/files";
import { link } from "node:fs/promises";
import { join } from "node:path";

import { fromSystem } from "../errors/from-system.ts";
import { writeManifest, type Manifest } from "../manifest/manifest.ts";
import { imageFileName, manifestFileName, rawFileName } from "../names/file-names.ts";
import type { RawDiskPart } from "../raw/make-raw-disk.ts";
import { flipLatestLink } from "../store/latest-link.ts";
import { isThere } from "../store/is-there.ts";
import type { LockedStore } from "../store/with-store-lock.ts";
import { removeQuietly } from "../store/work-area.ts";
import type { OnStep } from "./steps.ts";

/** The finished files of a new generation, in the work area. */
export interface FinishedParts {
  part: string;
  raw: RawDiskPart | undefined;
}

/**
 * Makes a finished copy an image of the store: link(2) to a name that nobody has, manifest, latest link. The copy keeps
 * its temporary name until the manifest is there: by that a later install knows a half-published image for its own
 * (`undoHalfPublished`). What fails before the latest link leads to it is taken back.
 */
export async function publishImage(
  { directory, area }: LockedStore,
  parts: FinishedParts,
  record: Omit<Manifest, "file" | "schema" | "raw">,
  onStep: OnStep,
): Promise<void> {
  const made: string[] = [];
  try {
    const file = await linkUnderFreeName(directory, parts, record);
    made.push(join(directory, file));
    if (parts.raw !== undefined) made.push(join(directory, rawFileName(file)));
    await syncDirectory(directory);
    await onStep("linked");

    const manifestPath = join(directory, manifestFileName(file));
    const manifest: Manifest = { schema: 1, ...record, file };
    if (parts.raw !== undefined) {
      const { bytes, sha256, modifiedNs } = parts.raw;
      manifest.raw = { file: rawFileName(file), bytes, sha256, modifiedNs };
    }
    await writeManifest(manifestPath, manifest, area.temporary);
    made.unshift(manifestPath);
    await onStep("recorded");

    await flipLatestLink(directory, { name: record.name, format: record.format, file }, area);
    made.length = 0;
    await syncDirectory(directory);
    await onStep("flipped");
  } catch (error) {
    await removeQuietly(...made);
    throw fromSystem(error, "publish the image in", directory);
  } finally {
    await removeQuietly(parts.part, ...(parts.raw === undefined ? [] : [parts.raw.part]));
  }
}

async function linkUnderFreeName(
  directory: string,
  parts: FinishedParts,
  record: Pick<Manifest, "name" | "format" | "installedAt">,
): Promise<string> {
  for (let attempt = 1; ; attempt++) {
    const file = imageFileName(record.name, record.format, new Date(record.installedAt), attempt);
    if (await isThere(join(directory, manifestFileName(file)))) continue;
    if (!(await linkIfFree(parts.part, join(directory, file)))) continue;
    if (parts.raw === undefined) return file;
    if (await linkIfFree(parts.raw.part, join(directory, rawFileName(file)))) return file;
    await removeQuietly(join(directory, file));
  }
}

/** Gives a file a second name; false when the name is taken. Never replaces anything. */
export async function linkIfFree(part: string, path: string): Promise<boolean> {
  try {
    await link(part, path);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw error;
  }
}
