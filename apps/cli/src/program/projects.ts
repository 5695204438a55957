import type { Command } from "commander";

import { runCommand } from "../command-context.ts";
import { define, group, type Options } from "./define.ts";

/** The configuration of a project's VM. */
export function defineProjects(program: Command): void {
  define(
    program,
    "init",
    "Make this folder a project with a VM of its own: write a commented lima-cli.yaml.",
    "lima-cli init\nlima-cli init --image .#my-image",
  )
    .option("--image <IMAGE>", "flake installable, name in the store, URL@sha256:HEX, or oci://…")
    .option("--dry-run", "print it instead of writing it")
    .action((options: Options<{ image?: string; dryRun?: boolean }>) =>
      runCommand(options, async (context) => (await import("../commands/init.ts")).init(context, options)),
    );
  const config = group(program, "config", "Look at the settings.");
  define(
    config,
    "show",
    "The settings that hold here: environment over lima-cli.yaml over the user's own configuration.",
    "lima-cli config show\nlima-cli config show --origin",
  )
    .option("--origin", "where each came from")
    .action((options: Options<{ origin?: boolean }>) =>
      runCommand(options, async (context) =>
        (await import("../commands/config-show.ts")).configShow(context, options),
      ),
    );
}
