import type { BuildImageOptions } from "../build-image.ts";
import type { BuildOutcome } from "../build.ts";
import type { FlakeProvenance } from "../nix/flake-metadata.ts";
import type { BuildMachine } from "./build-machine.ts";

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
