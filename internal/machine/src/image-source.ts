import { existsSync } from "node:fs";
import { join } from "node:path";

import { MachineError } from "./machine-error.ts";
import { guestSystem } from "./guest-system.ts";

/** Which guest is wanted: our NixOS image, the reference guest, or whichever can be had. */
export type GuestChoice = "auto" | "nixos" | "reference";

/** Where an image comes from and why from there. */
export interface ImageSource {
  installable: string;
  isNixos: boolean;
  why: string;
}

/** Where the project's flake is when the directory has none. */
const publishedFlake = "github:sysinit/lima-cli";

/**
 * Decides what to build. What the user names wins. Otherwise the NixOS image where a binary cache answers,
 * and the reference guest where none does, since a NixOS closure cannot be built from nothing in reasonable time.
 */
export async function chooseImageSource(options: {
  directory: string;
  installable?: string | undefined;
  guest?: GuestChoice | undefined;
  arch?: string | undefined;
  answersBinaryCache: () => Promise<boolean>;
}): Promise<ImageSource> {
  const { directory, installable, guest = "auto" } = options;
  if (installable !== undefined) {
    const isNixos = !installable.includes("reference-guest");
    return { installable, isNixos, why: "named by the user" };
  }
  const system = guestSystem(options.arch);
  const flake = existsSync(join(directory, "flake.nix")) ? "." : publishedFlake;
  const nixos = `${flake}#packages.${system}.lima-minimal-image`;
  if (guest === "nixos") return { installable: nixos, isNixos: true, why: "NixOS was asked for" };

  const hasReferenceGuest = existsSync(join(directory, "nix/reference-guest/flake.nix"));
  const reference = `./nix/reference-guest#packages.${system}.image`;
  if (guest === "reference") {
    if (hasReferenceGuest)
      return { installable: reference, isNixos: false, why: "the reference guest was asked for" };
    throw new MachineError({
      code: "NO_IMAGE_SOURCE",
      message: `${directory} has no reference guest (nix/reference-guest/flake.nix)`,
      hint: "run this in a checkout of the project, or leave out --guest reference",
    });
  }
  if (!hasReferenceGuest) return { installable: nixos, isNixos: true, why: "the flake's NixOS image" };
  return (await options.answersBinaryCache())
    ? { installable: nixos, isNixos: true, why: "a binary cache answers" }
    : { installable: reference, isNixos: false, why: "no binary cache answers here, so NixOS cannot be had" };
}
