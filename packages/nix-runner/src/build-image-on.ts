import type { BuildImageOptions } from "./build-image.ts";
import type { BuildOutcome } from "./build.ts";
import type { BuildMachine } from "./machine/build-machine.ts";
import type { FlakeProvenance } from "./nix/flake-metadata.ts";

export interface BuildImageOnOptions extends Pick<
  BuildImageOptions,
  | "installable"
  | "filePath"
  | "cwd"
  | "timeoutMs"
  | "countWaiting"
  | "maxSilentMs"
  | "nixOptions"
  | "env"
  | "signal"
  | "onEvent"
> {
  /** Where it is built; its nix is used, and none of this machine. */
  machine: BuildMachine;
  /** The directory of this machine that the image is copied to. */
  directory: string;
}

/** A disk image that was built on another machine, and copied here. */
export interface CopiedImage {
  installable: string;
  /** The copy: a new file in the directory that was named, under its name in the output. It is the caller's to remove. */
  file: string;
  /** By content, whatever the name says. */
  format: "qcow2" | "raw";
  sizeBytes: number;
  /** Name of the machine that built it. */
  machine: string;
  /** Store path there. */
  outPath: string;
  drvPath: string;
  system?: string;
  flake?: FlakeProvenance;
  outcome: BuildOutcome;
  /** Seconds from the call to the end of nix. */
  seconds: number;
}

/**
 * Builds an installable with the nix of another machine, finds the disk image in its output and copies it here. A flake of this
 * machine is copied there first, of a git tree what git knows. Nothing is left there but what nix has in its store.
 * @throws NixRunnerError as `buildImage` does, and MACHINE_FAILED, GIT_FAILED; what the functions of `machine` throw
 */
export async function buildImageOn(options: BuildImageOnOptions): Promise<CopiedImage> {
  const { runBuildImageOn } = await import("./on-demand.ts");
  return runBuildImageOn(options);
}
