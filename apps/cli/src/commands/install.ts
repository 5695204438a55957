import { statSync } from "node:fs";
import { resolve } from "node:path";

import { checkImageName } from "@sysinit/image-store";
import { vmBuildMachine, type GuestChoice } from "@sysinit-internal/machine";
import { isImageAddress, parseImageReference, ProjectError } from "@sysinit-internal/project";

import type { CommandContext } from "../command-context.ts";
import { imageSource } from "../image-source.ts";
import { buildAndInstall, installFile, type InstallOutcome } from "../install-image.ts";
import { pullShown } from "../pull-image.ts";
import { runningVm } from "../running-vm.ts";

export interface InstallFlags {
  name: string;
  /** Name of a running VM. */
  buildIn?: string;
  /** Of what is at an address. */
  sha256?: string;
  guest?: GuestChoice;
}

export async function install(
  context: CommandContext,
  source: string | undefined,
  options: InstallFlags,
): Promise<void> {
  checkImageName(options.name);
  const { image, outcome } = await installSource(context, source, options);
  context.output.data({ outcome, ...image }, `${image.file}\n${image.latestLink}`);
}

async function installSource(
  context: CommandContext,
  source: string | undefined,
  { name, sha256, buildIn, guest }: InstallFlags,
): Promise<InstallOutcome> {
  if (source !== undefined && isImageAddress(source)) {
    const reference = parseImageReference(source);
    // What is no URL@sha256:HEX may have its digest beside it.
    const address = reference.kind === "url" ? reference : { url: source };
    return await pullShown(context, { name, ...address, ...(sha256 !== undefined && { sha256 }) });
  }
  if (sha256 !== undefined) {
    throw new ProjectError({
      code: "BAD_SETTING",
      message: "--sha256 is for an image at an address, and none is given",
      hint: "write lima-cli install https://… --sha256 HEX",
    });
  }
  if (isImageFile(context.directory, source))
    return await installFile(context, resolve(context.directory, source), name);
  const { installable } = await imageSource(context, source, guest);
  const machine = buildIn === undefined ? undefined : vmBuildMachine(await runningVm(context, buildIn));
  return await buildAndInstall(context, installable, name, machine);
}

/** A path to something that is there is a file; everything else is for nix to judge. */
function isImageFile(directory: string, source: string | undefined): source is string {
  if (source === undefined || source.includes("#")) return false;
  const found = statSync(resolve(directory, source), { throwIfNoEntry: false });
  if (found !== undefined) return !found.isDirectory();
  return /\.(qcow2|raw|img)$/.test(source);
}
