import { statSync } from "node:fs";
import { resolve } from "node:path";

import { checkImageName } from "@sysinit/image-store";
import { vmBuildMachine, type GuestChoice } from "@sysinit-internal/machine";

import type { CommandContext } from "../command-context.ts";
import { imageSource } from "../image-source.ts";
import { buildAndInstall, installFile } from "../install-image.ts";
import { runningVm } from "../running-vm.ts";

export interface InstallFlags {
  name: string;
  /** Name of a running VM. */
  buildIn?: string;
  guest?: GuestChoice;
}

export async function install(
  context: CommandContext,
  source: string | undefined,
  options: InstallFlags,
): Promise<void> {
  checkImageName(options.name);
  const { buildIn } = options;
  const { image, outcome } = isImageFile(context.directory, source)
    ? await installFile(context, resolve(context.directory, source), options.name)
    : await buildAndInstall(
        context,
        (await imageSource(context, source, options.guest)).installable,
        options.name,
        buildIn === undefined ? undefined : vmBuildMachine(await runningVm(context, buildIn)),
      );
  context.output.data({ outcome, ...image }, `${image.file}\n${image.latestLink}`);
}

/** A path to something that is there is a file; everything else is for nix to judge. */
function isImageFile(directory: string, source: string | undefined): source is string {
  if (source === undefined || source.includes("#")) return false;
  const found = statSync(resolve(directory, source), { throwIfNoEntry: false });
  if (found !== undefined) return !found.isDirectory();
  return /\.(qcow2|raw|img)$/.test(source);
}
