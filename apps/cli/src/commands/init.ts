import { constants } from "node:fs";
import { open } from "node:fs/promises";
import { join } from "node:path";

import {
  configFileName,
  findProject,
  initText,
  parseImageReference,
  ProjectError,
} from "@sysinit-internal/project";

import type { CommandContext } from "../command-context.ts";

export async function init(
  context: CommandContext,
  flags: { image?: string; dryRun?: boolean },
): Promise<void> {
  const { output, directory } = context;
  const { image } = flags;
  const reference = image === undefined ? undefined : parseImageReference(image);
  if (reference?.kind === "bad") {
    throw new ProjectError({
      code: "BAD_SETTING",
      message: `--image ${JSON.stringify(image)}: ${reference.why}`,
    });
  }
  const file = join(directory, configFileName);
  const text = initText(image);
  if (flags.dryRun) return output.data({ file, text }, text);
  await writeNew(file, text);
  const { instance } = findProject(directory)!;
  output.data(
    { file, instance },
    `${file}\nits VM is ${instance}: lima-cli up, then lima-cli shell, in any folder of the project`,
  );
}

async function writeNew(file: string, text: string): Promise<void> {
  try {
    // Exclusive: a file that is there is never overwritten, nor is a link followed.
    const handle = await open(file, constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL, 0o644);
    try {
      await handle.writeFile(text);
      await handle.sync();
    } finally {
      await handle.close();
    }
  } catch (cause) {
    const { code, message } = cause as NodeJS.ErrnoException;
    const exists = code === "EEXIST";
    throw new ProjectError({
      code: exists ? "CONFIG_EXISTS" : "CONFIG_UNREADABLE",
      message: exists ? `${file} is there already` : `${file} cannot be written: ${message}`,
      hint: exists ? "edit it, or move it away" : "check the permissions of the folder",
      details: { file },
      cause,
    });
  }
}
