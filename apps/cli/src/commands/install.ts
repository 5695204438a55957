import { statSync } from "node:fs";
import { resolve } from "node:path";

import { checkImageName } from "@sysinit/image-store";
import { vmBuildMachine, type GuestChoice } from "@sysinit-internal/machine";
import { isImageAddress, parseImageReference, ProjectError } from "@sysinit-internal/project";

import type { CommandContext } from "../command-context.ts";
import { imageSource } from "../image-source.ts";
import { buildAndInstall, installFile, type InstallOutcome } from "../install-image.ts";
import { planInstallShown } from "../plan-install-shown.ts";
import { planPullShown } from "../plan-pull-shown.ts";
import { pullShown, type PullRequest } from "../pull-image.ts";
import { runningVm } from "../running-vm.ts";

export interface InstallFlags {
  name: string;
  /** Name of a running VM. */
  buildIn?: string;
  /** Of what is at an address. */
  sha256?: string;
  guest?: GuestChoice;
  dryRun?: boolean;
}

export async function install(
  context: CommandContext,
  source: string | undefined,
  options: InstallFlags,
): Promise<void> {
  checkImageName(options.name);
  const { name, buildIn, guest, dryRun = false } = options;
  const remote = remoteImage(source, options);
  if (remote !== undefined) {
    const request = { name, ...remote };
    return dryRun ? planPullShown(context, request) : say(context, await pullShown(context, request));
  }
  if (isImageFile(context.directory, source)) {
    const file = resolve(context.directory, source);
    return dryRun
      ? planInstallShown(context, file, name)
      : say(context, await installFile(context, file, name));
  }
  const { installable } = await imageSource(context, source, guest);
  const machine = buildIn === undefined ? undefined : vmBuildMachine(await runningVm(context, buildIn));
  if (dryRun) {
    const where = machine === undefined ? "" : ` in ${machine.name}`;
    return context.output.data(
      { dryRun, outcome: "build", name, installable, ...(machine && { machine: machine.name }) },
      `would build ${installable}${where}, and install the image as ${name}`,
    );
  }
  say(context, await buildAndInstall(context, installable, name, machine));
}

function say({ output }: CommandContext, { image, outcome }: InstallOutcome): void {
  output.data({ outcome, ...image }, `${image.file}\n${image.latestLink}`);
}

/** Where the image is when it is at an address. */
function remoteImage(
  source: string | undefined,
  { sha256 }: InstallFlags,
): Pick<PullRequest, "url" | "sha256"> | undefined {
  if (source !== undefined && isImageAddress(source)) {
    const reference = parseImageReference(source);
    // What is no URL@sha256:HEX may have its digest beside it.
    const address = reference.kind === "url" ? reference : { url: source };
    return { ...address, ...(sha256 !== undefined && { sha256 }) };
  }
  if (sha256 === undefined) return undefined;
  throw new ProjectError({
    code: "BAD_SETTING",
    message: "--sha256 is for an image at an address, and none is given",
    hint: "write lima-cli install https://… --sha256 HEX",
  });
}

/** A path to something that is there is a file; everything else is for nix to judge. */
function isImageFile(directory: string, source: string | undefined): source is string {
  if (source === undefined || source.includes("#")) return false;
  const found = statSync(resolve(directory, source), { throwIfNoEntry: false });
  if (found !== undefined) return !found.isDirectory();
  return /\.(qcow2|raw|img)$/.test(source);
}
