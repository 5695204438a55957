import { Argument, Option, type Command } from "commander";

import { runCommand } from "../command-context.ts";
import type { UpFlags } from "../machine/up-flags.ts";
import { define, type Options } from "./define.ts";
import { addMachineFlags } from "./machine-flags.ts";

const nameHelp = "by default the VM of the project";

/** The life of a VM. */
export function defineMachines(program: Command): void {
  addMachineFlags(
    define(
      program,
      "up",
      "The whole job: build if needed, install if new, create or start, wait until ready.",
      "lima-cli up\nlima-cli up work --template work.yaml\nlima-cli up work --image lima-minimal\nlima-cli up work --image https://example.org/nixos.qcow2 --sha256 HEX",
    ).argument("[NAME]", "by default the VM of the project, or lima-minimal where there is none"),
  )
    .option("--timeout <DURATION>", "how long the start may take: 10m, or a number of seconds")
    .option("--ttl <DURATION>", "after this time `lima-cli sweep` deletes it: 2h, 7d")
    .option("--recreate", "do what changes since it was made need: restart it or make it anew")
    .option("--dry-run", "print the commands and the template instead")
    .action((name: string | undefined, options: Options<UpFlags>) =>
      runCommand(options, async (context) => (await import("../commands/up.ts")).up(context, name, options)),
    );

  define(program, "list", "All instances.", "lima-cli list\nlima-cli list --json | jq -r .name").action(
    (options: Options) =>
      runCommand(options, async (context) => (await import("../commands/list.ts")).list(context)),
  );
  define(
    program,
    "status",
    "One instance, and what has changed since it was made.",
    "lima-cli status\nlima-cli status work --watch",
  )
    .argument("[NAME]", nameHelp)
    .option("-w, --watch", "go on, and show every change")
    .action((name: string | undefined, options: Options<{ watch?: boolean }>) =>
      runCommand(options, async (context) =>
        (await import("../commands/status.ts")).status(context, name, options),
      ),
    );
  define(program, "start", "Start an instance that exists.", "lima-cli start work")
    .argument("[NAME]", nameHelp)
    .option("--timeout <DURATION>", "how long the start may take: 10m, or a number of seconds")
    .action((name: string | undefined, options: Options<{ timeout?: string }>) =>
      runCommand(options, async (context) =>
        (await import("../commands/start.ts")).start(context, name, options),
      ),
    );
  define(program, "stop", "Stop an instance.", "lima-cli stop\nlima-cli stop golden-tools --suspend")
    .argument("[NAME]", nameHelp)
    .option("-f, --force", "without asking the guest")
    .addOption(
      new Option("--suspend", "keep its memory: it goes on at its next start, and so do clones").conflicts(
        "force",
      ),
    )
    .action((name: string | undefined, options: Options<{ force?: boolean; suspend?: boolean }>) =>
      runCommand(options, async (context) =>
        (await import("../commands/stop.ts")).stop(context, name, options),
      ),
    );
  define(program, "delete", "Stop and delete an instance.", "lima-cli delete\nlima-cli delete work other")
    .addArgument(new Argument("[NAME...]", nameHelp))
    .action((names: string[], options: Options) =>
      runCommand(options, async (context) =>
        (await import("../commands/delete.ts")).deleteInstances(context, names),
      ),
    );
  define(
    program,
    "sweep",
    "Delete the VMs whose time is over, and those that a killed run left behind.",
    "lima-cli sweep --dry-run\nlima-cli sweep",
  )
    .option("--dry-run", "only say which")
    .action((options: Options<{ dryRun?: boolean }>) =>
      runCommand(options, async (context) => (await import("../commands/sweep.ts")).sweep(context, options)),
    );
}
