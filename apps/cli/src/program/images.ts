import type { Command } from "commander";

import type { GuestChoice } from "@sysinit-internal/machine";

import { runCommand } from "../command-context.ts";
import type { InstallFlags } from "../commands/install.ts";
import { defaultImageName } from "../defaults.ts";
import { define, group, wholeNumber, type Options } from "./define.ts";
import { guestOption } from "./machine-flags.ts";

/** Building images and looking at the store. */
export function defineImages(program: Command): void {
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
    "Install an image file, or what an installable builds, in the store.",
    "lima-cli install ./nixos.qcow2 --name lima-minimal\nlima-cli install .#lima-minimal-image --name lima-minimal\nlima-cli install .#image --name work --build-in builder",
  )
    .argument("[IMAGE-FILE|INSTALLABLE]", "a qcow2 or raw file, or what nix should build")
    .option("--name <NAME>", "name in the store", defaultImageName)
    .option("--build-in <VM>", "build in this running VM with nix, not on this machine")
    .addOption(guestOption())
    .action((source: string | undefined, options: Options<InstallFlags>) =>
      runCommand(options, async (context) =>
        (await import("../commands/install.ts")).install(context, source, options),
      ),
    );

  const images = group(program, "images", "Look at the images in the store.");
  define(
    images,
    "list",
    "All images, newest generation first.",
    "lima-cli images list --json | jq .file",
  ).action((options: Options) =>
    runCommand(options, async (context) => (await import("../commands/images-list.ts")).imagesList(context)),
  );
  define(images, "show", "One image: file, digest, where it came from.", "lima-cli images show lima-minimal")
    .argument("<NAME>")
    .option("--generation <N>", "by default the latest", wholeNumber)
    .action((name: string, options: Options<{ generation?: number }>) =>
      runCommand(options, async (context) =>
        (await import("../commands/images-show.ts")).imagesShow(context, name, options),
      ),
    );
  define(
    images,
    "verify",
    "Hash images again and compare.",
    "lima-cli images verify\nlima-cli images verify lima-minimal",
  )
    .argument("[NAME]")
    .action((name: string | undefined, options: Options) =>
      runCommand(options, async (context) =>
        (await import("../commands/images-verify.ts")).imagesVerify(context, name),
      ),
    );
}
