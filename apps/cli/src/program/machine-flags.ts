import { Option, type Command } from "commander";

import type { GuestChoice } from "@sysinit-internal/machine";

/** What `up` and `run` have in common; a flag that is not given is left to the environment and the files. */
export interface MachineFlags {
  image?: string;
  /** Of the image at an address. */
  sha256?: string;
  template?: string;
  cpus?: string;
  memory?: string;
  disk?: string;
  ttl?: string;
  timeout?: string;
  build: boolean;
  guest?: GuestChoice;
}

/** The flags that say what a VM is made of. */
export function addMachineFlags(command: Command): Command {
  return command
    .option("--image <IMAGE>", "flake installable, name in the store, URL@sha256:HEX, or oci://…")
    .option("--sha256 <HEX>", "SHA-256 of the image file, where --image is a URL")
    .option("--template <FILE>", "Lima template; by default the built-in one")
    .option("--cpus <N>", "number of processors")
    .option("--memory <SIZE>", "such as 4GiB")
    .option("--disk <SIZE>", "such as 20GiB")
    .option("--no-build", "take the latest image of the store instead of building")
    .addOption(guestOption());
}

export function guestOption(): Option {
  return new Option("--guest <KIND>", "which guest to build when no image is named")
    .choices(["auto", "nixos", "reference"])
    .default("auto");
}
