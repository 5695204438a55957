import { ImageStoreError, showImage, type StoredImage } from "@sysinit/image-store";
import type { Template } from "@sysinit/lima-template";
import type { Settings } from "@sysinit-internal/project";

import type { MadeOf } from "../record/machine-record.ts";
import { flakeDirectory, type WantedImage } from "../wanted-image.ts";
import { readFlakeFiles } from "./flake-files.ts";

/** What would be compared of a VM that is made now, without building anything; and the folders that were looked through. */
export interface WantedNow {
  madeOf: MadeOf;
  folders: string[];
  /** Whether all that it depends on is in files: a flake from elsewhere, or one that is too large, is not. */
  isSeen: boolean;
}

/**
 * Looks at what is wanted now. A flake on this machine is compared by its nix files and its lock, an image of the store by the
 * digest of its latest generation; a flake and a registry elsewhere are not asked.
 *
 * @param options.installable What the VM was built of, when nobody named it.
 */
export async function wantedNow(options: {
  settings: Settings;
  template: Template;
  image: WantedImage;
  installable?: string | undefined;
  imagesDirectory: string;
}): Promise<WantedNow> {
  const { settings, template, image } = options;
  const madeOf: MadeOf = {
    image: { reference: settings.image?.value ?? null },
    flakeFiles: {},
    template: plain({ ...template.value, images: undefined }),
    checks: settings.checks?.value ?? [],
  };
  let folders: string[] = [];
  let isSeen = true;
  const installable =
    image.kind === "flake" ? image.installable : image.kind === "default" ? options.installable : undefined;
  if ((image.kind === "flake" || image.kind === "default") && installable !== undefined) {
    const directory = flakeDirectory(installable, image.directory);
    const files = directory === undefined ? undefined : await readFlakeFiles(directory);
    madeOf.image.installable = installable;
    madeOf.flakeFiles = files?.digests ?? {};
    folders = files?.folders ?? [];
    isSeen = directory === undefined || files !== undefined;
  }
  if (image.kind === "store") {
    const stored = await latestIn(options.imagesDirectory, image.imageName);
    if (stored !== undefined) {
      madeOf.image.sha256 = stored.sha256;
      madeOf.image.stored = { name: stored.name, generation: stored.generation };
    }
  }
  if (image.kind === "url" && image.sha256 !== undefined) madeOf.image.sha256 = image.sha256;
  return { madeOf, folders, isSeen };
}

/** The latest image of a name; a VM that was made of one that has since left the store is not changed by that. */
async function latestIn(directory: string, name: string): Promise<StoredImage | undefined> {
  try {
    return await showImage({ directory, name });
  } catch (error) {
    if (ImageStoreError.is(error, "IMAGE_NOT_FOUND") || ImageStoreError.is(error, "NO_LATEST"))
      return undefined;
    throw error;
  }
}

const plain = (value: object) => JSON.parse(JSON.stringify(value)) as Record<string, unknown>;
