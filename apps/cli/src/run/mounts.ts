import { realpathSync, statSync } from "node:fs";
import { resolve } from "node:path";

import type { OnlyMount } from "@sysinit-internal/machine";
import { ProjectError } from "@sysinit-internal/project";

/** Reads `PATH[:ro]` of `--mount`. Throws BAD_SETTING for what is no folder. */
export function onlyMount(text: string, directory: string): OnlyMount {
  const writable = !text.endsWith(":ro");
  const path = resolve(directory, writable ? text.replace(/:rw$/, "") : text.slice(0, -":ro".length));
  if (statSync(path, { throwIfNoEntry: false })?.isDirectory() === true)
    return { path: realpathSync(path), writable };
  throw new ProjectError({
    code: "BAD_SETTING",
    message: `--mount ${JSON.stringify(text)}: ${path} is no folder`,
    hint: "Lima mounts folders; copy a file with --copy-in",
    details: { flag: "--mount", value: text },
  });
}
