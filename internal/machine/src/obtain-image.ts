import { installImage, type StoredImage, type StoreEvent } from "@sysinit/image-store";
import { buildImage, releaseRoot, type BuildEvent, type BuiltImage } from "@sysinit/nix-runner";

export interface ObtainImageOptions {
  installable: string;
  /** Where relative installables start from. */
  directory: string;
  imageName: string;
  imagesDirectory: string;
  env: Readonly<Record<string, string | undefined>>;
  signal: AbortSignal;
  onBuild?: (event: BuildEvent) => void;
  onBuilt?: (built: BuiltImage) => void;
  onStore?: (event: StoreEvent) => void;
}

export interface ObtainedImage {
  built: BuiltImage;
  image: StoredImage;
  outcome: "installed" | "unchanged";
}

/** Builds an image and installs it; the build's root is held until the store has its own copy. */
export async function obtainImage(options: ObtainImageOptions): Promise<ObtainedImage> {
  const { env, signal } = options;
  const built = await buildImage({
    installable: options.installable,
    cwd: options.directory,
    env,
    signal,
    ...(options.onBuild && { onEvent: options.onBuild }),
  });
  options.onBuilt?.(built);
  try {
    const { image, outcome } = await installImage({
      directory: options.imagesDirectory,
      name: options.imageName,
      source: built.file,
      provenance: {
        installable: built.installable,
        outPath: built.outPath,
        drvPath: built.drvPath,
        ...(built.flake && { flake: built.flake }),
      },
      signal,
      ...(options.onStore && { onEvent: options.onStore }),
    });
    return { built, image, outcome };
  } finally {
    await releaseRoot(built.root);
  }
}
