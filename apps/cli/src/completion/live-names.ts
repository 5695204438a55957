import { readdirSync } from "node:fs";
import { join } from "node:path";

import { limaHome } from "@sysinit-internal/machine/lima-home";

import type { LiveNames } from "./complete.ts";

/**
 * The names as the folders have them, since a person waits for them: no tool is asked, and no manifest read. Lima passes over
 * folders that begin with `.` or `_`; the store has one latest link for each name.
 */
export function liveNames(env: Readonly<Record<string, string | undefined>>): LiveNames {
  const home = limaHome(env);
  const entries = (folder: string) => {
    try {
      return home === undefined ? [] : readdirSync(join(home, folder), { withFileTypes: true });
    } catch {
      return [];
    }
  };
  return {
    instances: () =>
      entries(".")
        .filter((entry) => entry.isDirectory() && !/^[._]/.test(entry.name))
        .map(({ name }) => name)
        .sort(),
    images: () => [
      ...new Set(
        entries("_images").flatMap(
          ({ name }) => /^sysinit-(.+)-latest\.(?:qcow2|raw)$/.exec(name)?.[1] ?? [],
        ),
      ),
    ],
  };
}
