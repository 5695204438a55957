import { syncDirectory } from "@sysinit-internal/files";
import { rename, unlink } from "node:fs/promises";
import { basename, join } from "node:path";

import { fromSystem } from "../errors/from-system.ts";
import { manifestFileName } from "../names/file-names.ts";
import type { StoreEntry } from "../store/read-store.ts";
import type { LockedStore } from "../store/with-store-lock.ts";
import { removeQuietly, setAsideFile } from "../store/work-area.ts";

/** The steps of a removal, in order: a kill after any of them leaves a whole image, or none. Tests stop at them. */
export const removalSteps = ["remembered", "set-aside", "raw-set-aside", "forgotten", "freed"] as const;
export type RemovalStep = (typeof removalSteps)[number];
export type OnRemovalStep = (step: RemovalStep) => Promise<void> | void;

export interface RemovalHooks {
  onStep: OnRemovalStep;
  /** Called when nobody can open the image any more. What it throws takes the removal back. */
  whenSetAside: () => Promise<void>;
}

/**
 * Removes one generation: its files are moved out of sight under names that tell what they were, then its manifest goes,
 * which decides it, then its space is freed. What fails before is taken back, by the next verb after a kill
 * (`finishRemovals`).
 */
export async function removeEntry(
  { directory, area }: LockedStore,
  entry: StoreEntry,
  hooks: RemovalHooks,
): Promise<void> {
  const { file, raw } = entry.manifest;
  const moved: { from: string; to: string }[] = [];
  const setAside = async (name: string) => {
    const move = { from: join(directory, name), to: setAsideFile(area, name) };
    try {
      await rename(move.from, move.to);
      moved.push(move);
    } catch (error) {
      // Somebody removed it by hand: then only its record is left.
      if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
    }
  };
  try {
    await setAside(file);
    await hooks.onStep("set-aside");
    if (raw !== undefined) await setAside(raw.file);
    await hooks.onStep("raw-set-aside");
    await hooks.whenSetAside();
    await unlink(join(directory, manifestFileName(file)));
  } catch (error) {
    for (const { from, to } of moved.toReversed()) await rename(to, from).catch(() => {});
    throw fromSystem(error, "remove", join(directory, basename(file)));
  }
  await hooks.onStep("forgotten");
  await syncDirectory(directory);
  await removeQuietly(...moved.map(({ to }) => to));
  await hooks.onStep("freed");
}
