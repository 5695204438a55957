import type { Command } from "commander";

import type { GuestChoice } from "@sysinit-internal/machine";

import { runCommand } from "../command-context.ts";
import type { InstallFlags } from "../commands/install.ts";
import { defaultImageName } from "../defaults.ts";
import { define, type Options } from "./define.ts";
import { guestOption } from "./machine-flags.ts";

/** Building images and putting them into the store. */
export function defineBuilding(program: Command): void {
  define(
    program,
    "build",
    "Build an image with nix.",
    "lima-cli build\nlima-cli build .#packages.x86_64-linux.lima-minimal-image",
  )
    .argument(
      "[INSTALLABLE]",
      "flake reference and attribute; by default the NixOS image or the reference guest",
    )
    .addOption(guestOption())
    .action((installable: string | undefined, options: Options<{ guest?: GuestChoice }>) =>
      runCommand(options, async (context) =>
        (await import("../commands/build.ts")).build(context, installable, options),
      ),
    );

  define(
    program,
    "install",
    "Put an image into the store: a file, what is at an address, or what an installable builds.",
    `lima-cli install ./nixos.qcow2 --name lima-minimal
lima-cli install ./nixos.qcow2 --name lima-minimal --dry-run
lima-cli install .#lima-minimal-image --name lima-minimal
lima-cli install .#image --name work --build-in builder
lima-cli install https://example.org/nixos.qcow2 --sha256 HEX --name work
lima-cli install oci://ghcr.io/team/images:minimal --name work`,
  )
    .argument(
      "[IMAGE-FILE|URL|INSTALLABLE]",
      "a qcow2 or raw file, https://… of one, oci://REGISTRY/REPOSITORY:TAG, or a flake reference and attribute for nix",
    )
    .option("--name <NAME>", "name in the store", defaultImageName)
    .option("--sha256 <HEX>", "SHA-256 of the image file at the address")
    .option("--build-in <VM>", "build in this running VM with nix, not on this machine")
    .addOption(guestOption())
    .option("--dry-run", "only show what would be done")
    .action((source: string | undefined, options: Options<InstallFlags>) =>
      runCommand(options, async (context) =>
        (await import("../commands/install.ts")).install(context, source, options),
      ),
    );
}
