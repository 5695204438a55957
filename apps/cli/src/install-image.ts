import { imagesDirectory, installImage, type StoredImage } from "@sysinit/image-store";
import { obtainImage } from "@sysinit-internal/machine";
import { narrateBuild, narrateStore } from "@sysinit-internal/terminal";

import type { CommandContext } from "./command-context.ts";

/** The image in the store and whether it is new there. */
export interface InstallOutcome {
  image: StoredImage;
  outcome: "installed" | "unchanged";
}

/** Builds an installable and installs the image, showing both. */
export async function buildAndInstall(
  context: CommandContext,
  installable: string,
  imageName: string,
): Promise<InstallOutcome> {
  let step = context.output.step(`build ${installable}`);
  try {
    const { image, outcome } = await obtainImage({
      installable,
      directory: context.directory,
      imageName,
      imagesDirectory: imagesDirectory(context),
      env: context.env,
      signal: context.signal,
      onBuild: (event) => narrateBuild(step)(event),
      onBuilt: (built) => {
        step.done(built.outcome);
        step = context.output.step(`install ${imageName}`);
      },
      onStore: (event) => narrateStore(step)(event),
    });
    step.done(describe(image, outcome));
    return { image, outcome };
  } catch (error) {
    step.failed();
    throw error;
  }
}

/** Installs a file, showing it. */
export async function installFile(
  context: CommandContext,
  file: string,
  imageName: string,
): Promise<InstallOutcome> {
  const step = context.output.step(`install ${imageName}`);
  try {
    const { image, outcome } = await installImage({
      directory: imagesDirectory(context),
      name: imageName,
      source: file,
      signal: context.signal,
      onEvent: narrateStore(step),
    });
    step.done(describe(image, outcome));
    return { image, outcome };
  } catch (error) {
    step.failed();
    throw error;
  }
}

function describe(image: StoredImage, outcome: "installed" | "unchanged"): string {
  return outcome === "unchanged"
    ? `already there as generation ${image.generation}`
    : `generation ${image.generation}`;
}
