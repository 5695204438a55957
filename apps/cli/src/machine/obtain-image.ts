import { imagesDirectory, showImage, type StoredImage } from "@sysinit/image-store";
import type { Template } from "@sysinit/lima-template";
import { limaArch, withStoredImage, type MachinePlan, type MadeOf } from "@sysinit-internal/machine";

import type { CommandContext } from "../command-context.ts";
import { imageSource } from "../image-source.ts";
import { buildAndInstall } from "../install-image.ts";
import { pullShown } from "../pull-image.ts";
import type { MachineFlags } from "../program/machine-flags.ts";

/** The template with its image, and what is remembered of the image. */
export interface WithImage {
  template: Template;
  image: Omit<MadeOf["image"], "reference">;
}

/** Builds, looks up or pulls the image of a plan; nix is looked for only when it is to build. */
export async function obtainMachineImage(
  context: CommandContext,
  plan: MachinePlan,
  flags: Pick<MachineFlags, "build" | "guest">,
): Promise<WithImage> {
  const { image } = plan;
  if (image.kind === "url") {
    const { imageName: name, url, sha256 } = image;
    const architecture = limaArch() as "x86_64" | "aarch64";
    return stored(plan, (await pullShown(context, { name, url, sha256, architecture })).image);
  }
  if (image.kind === "store" || !flags.build) return stored(plan, await latest(context, image.imageName));
  const from = image.kind === "flake" ? image.installable : undefined;
  const here = { ...context, directory: image.directory };
  const { installable } = await imageSource(here, from, flags.guest);
  const { image: built } = await buildAndInstall(here, installable, image.imageName);
  const made = stored(plan, built);
  return { ...made, image: { ...made.image, installable } };
}

const latest = (context: CommandContext, name: string) =>
  showImage({ directory: imagesDirectory(context), name });

function stored({ template }: MachinePlan, image: StoredImage): WithImage {
  const { name, generation, sha256 } = image;
  return { template: withStoredImage(template, image), image: { sha256, stored: { name, generation } } };
}
