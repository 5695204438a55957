import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { installImage, type StoredImage, type StoreEvent } from "@sysinit/image-store";
import {
  buildImage,
  buildImageOn,
  releaseRoot,
  type BuildEvent,
  type BuildMachine,
  type BuiltImage,
  type CopiedImage,
} from "@sysinit/nix-runner";

export interface ObtainImageOptions {
  installable: string;
  /** Where relative installables start from. */
  directory: string;
  imageName: string;
  imagesDirectory: string;
  env: Readonly<Record<string, string | undefined>>;
  signal: AbortSignal;
  /** Who builds; by default nix on this machine. */
  buildMachine?: BuildMachine | undefined;
  /** Settings of nix.conf for this build. */
  nixOptions?: Readonly<Record<string, string>> | undefined;
  onBuild?: (event: BuildEvent) => void;
  onBuilt?: (built: BuiltImage | CopiedImage) => void;
  onStore?: (event: StoreEvent) => void;
}

export interface ObtainedImage {
  built: BuiltImage | CopiedImage;
  image: StoredImage;
  outcome: "installed" | "unchanged";
}

/** Builds an image, here or on another machine, and installs it. */
export async function obtainImage(options: ObtainImageOptions): Promise<ObtainedImage> {
  const { installable, directory, env, signal, nixOptions, onBuild, buildMachine } = options;
  const request = { installable, cwd: directory, env, signal, nixOptions, onEvent: onBuild };
  if (buildMachine === undefined) {
    const built = await buildImage(request);
    try {
      return await install(built, options);
    } finally {
      // Held until the store has its own copy.
      await releaseRoot(built.root);
    }
  }
  const copies = await mkdtemp(join(tmpdir(), "sysinit-image-"));
  try {
    return await install(
      await buildImageOn({ ...request, machine: buildMachine, directory: copies }),
      options,
    );
  } finally {
    await rm(copies, { recursive: true, force: true });
  }
}

async function install(
  built: BuiltImage | CopiedImage,
  { imagesDirectory, imageName, signal, onBuilt, onStore }: ObtainImageOptions,
): Promise<ObtainedImage> {
  onBuilt?.(built);
  const { image, outcome } = await installImage({
    directory: imagesDirectory,
    name: imageName,
    source: built.file,
    provenance: {
      installable: built.installable,
      outPath: built.outPath,
      drvPath: built.drvPath,
      ...(built.flake && { flake: built.flake }),
    },
    signal,
    ...(onStore && { onEvent: onStore }),
  });
  return { built, image, outcome };
}
