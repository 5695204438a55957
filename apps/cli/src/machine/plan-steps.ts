import { imagesDirectory, listImages } from "@sysinit/image-store";
import { createLima } from "@sysinit/lima-control";
import type { Template } from "@sysinit/lima-template";
import { withStoredImage, type MachinePlan } from "@sysinit-internal/machine";

import type { CommandContext } from "../command-context.ts";
import { imageSource } from "../image-source.ts";
import type { MachineFlags } from "../program/machine-flags.ts";

/** What a plan comes to, without doing it. */
export interface PlannedSteps {
  /** The commands of nix, limactl and our own, as a person would give them; the template goes to the stdin of `limactl create`. */
  steps: string[][];
  template: Template;
}

/** The steps that are left to do for a plan, and the template; asks limactl what is there, and changes nothing. */
export async function planSteps(
  context: CommandContext,
  plan: MachinePlan,
  flags: Pick<MachineFlags, "build" | "guest">,
): Promise<PlannedSteps> {
  const { env, signal } = context;
  const found = await createLima({ env }).find(plan.name, { signal });
  if (found !== undefined) {
    const start = found.status === "Running" ? [] : [["limactl", "start", plan.name]];
    return { steps: start, template: plan.template };
  }
  const create = [
    ["limactl", "create", "--name", plan.name, "-"],
    ["limactl", "start", plan.name],
  ];
  const { image } = plan;
  if (image.kind === "url") {
    const digest = image.sha256 === undefined ? [] : ["--sha256", image.sha256];
    const pull = ["lima-cli", "images", "pull", image.url, "--name", image.imageName, ...digest];
    const images = await listImages({ directory: imagesDirectory(context) });
    const same = images.find(({ sha256 }) => sha256 === image.sha256);
    return {
      steps: [pull, ...create],
      template: same === undefined ? plan.template : withStoredImage(plan.template, same),
    };
  }
  const images = await listImages({ directory: imagesDirectory(context), name: image.imageName });
  const latest = images.find((stored) => stored.latest);
  const build =
    image.kind === "store" || !flags.build
      ? []
      : [["nix", "build", await installableOf(context, plan, flags)]];
  // Until it is built the image has no name; what is there now shows what the entry will look like.
  const template = latest === undefined ? plan.template : withStoredImage(plan.template, latest);
  return { steps: [...build, ...create], template };
}

async function installableOf(
  context: CommandContext,
  { image }: MachinePlan,
  { guest }: Pick<MachineFlags, "guest">,
): Promise<string> {
  if (image.kind === "flake") return image.installable;
  const directory = image.kind === "default" ? image.directory : context.directory;
  return (await imageSource({ ...context, directory }, undefined, guest)).installable;
}
