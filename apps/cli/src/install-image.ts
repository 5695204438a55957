import { imagesDirectory, installImage, type StoredImage } from "@sysinit/image-store";
import type { BuildMachine } from "@sysinit/nix-runner";
import { obtainImage } from "@sysinit-internal/machine";
import { during, narrateObtaining, narrateStore } from "@sysinit-internal/terminal";

import type { CommandContext } from "./command-context.ts";

/** The image in the store and whether it is new there. */
export interface InstallOutcome {
  image: StoredImage;
  outcome: "installed" | "unchanged";
}

/** Builds an installable, on this machine or on another, and installs the image, showing both. */
export async function buildAndInstall(
  context: CommandContext,
  installable: string,
  imageName: string,
  buildMachine?: BuildMachine,
): Promise<InstallOutcome> {
  const { output, env, signal, directory } = context;
  const narration = narrateObtaining(output, {
    build: `build ${installable}${buildMachine === undefined ? "" : ` in ${buildMachine.name}`}`,
    install: `install ${imageName}`,
  });
  try {
    const obtained = await obtainImage({
      installable,
      directory,
      imageName,
      imagesDirectory: imagesDirectory(context),
      env,
      signal,
      buildMachine,
      ...narration,
    });
    narration.done(describe(obtained));
    return obtained;
  } catch (error) {
    narration.failed();
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
  const install = () =>
    installImage({
      directory: imagesDirectory(context),
      name: imageName,
      source: file,
      signal: context.signal,
      onEvent: narrateStore(step),
    });
  return during(step, install, describe);
}

function describe({ image, outcome }: InstallOutcome): string {
  return outcome === "unchanged"
    ? `already there as generation ${image.generation}`
    : `generation ${image.generation}`;
}
