import { Argument, Command, InvalidArgumentError, Option } from "commander";

import { runCommand, type CommandContext, type CommonOptions } from "./command-context.ts";
import { defaultImageName, defaultInstanceName } from "./defaults.ts";
import type { GuestChoice } from "@sysinit-internal/machine";
import packageJson from "../package.json" with { type: "json" };

/** The command line. Metadata only: what a command does is imported when it runs, so that the others start fast. */
export function createProgram(): Command {
  const program = new Command("lima-cli")
    .description("Disposable NixOS machines on Lima, built from a Nix flake.")
    .version(packageJson.version, "-V, --version")
    .showSuggestionAfterError()
    .configureHelp({ sortSubcommands: false })
    .exitOverride()
    .addHelpText(
      "after",
      `
Examples:
  lima-cli doctor                      is everything there?
  lima-cli up                          build, install, start; again: only what is missing
  lima-cli shell ${defaultInstanceName}          a shell in it
  lima-cli exec ${defaultInstanceName} -- uname -a
  lima-cli delete ${defaultInstanceName}         gone

Exit status: 0 done, 1 failed, 2 wrong usage or configuration, 3 something is missing on this machine,
124 timed out, 128+n ended by signal n; exec and shell pass the guest's own, 125 when it was not the guest's.`,
    );
  const add = (parent: Command, name: string, description: string, examples: string) =>
    parent
      .command(name)
      .description(description)
      .exitOverride()
      .option("--json", "data as JSON, one object or one a line; errors too")
      .option("-q, --quiet", "no progress, only results and errors")
      .addHelpText("after", `\nExamples:\n${examples.replace(/^/gm, "  ")}`);

  add(
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
    .action((installable: string | undefined, options: CommonOptions & { guest?: GuestChoice }) =>
      run(options, async (context) =>
        (await import("./commands/build.ts")).build(context, installable, options),
      ),
    );

  add(
    program,
    "install",
    "Install an image file, or what an installable builds, in the store.",
    "lima-cli install ./nixos.qcow2 --name lima-minimal\nlima-cli install .#lima-minimal-image --name lima-minimal\nlima-cli install .#image --name work --build-in builder",
  )
    .argument("[IMAGE-FILE|INSTALLABLE]", "a qcow2 or raw file, or what nix should build")
    .option("--name <NAME>", "name in the store", defaultImageName)
    .option("--build-in <VM>", "build in this running VM with nix, not on this machine")
    .addOption(guestOption())
    .action((source: string | undefined, options: CommonOptions & InstallArguments) =>
      run(options, async (context) =>
        (await import("./commands/install.ts")).install(context, source, options),
      ),
    );

  const images = program.command("images").description("Look at the images in the store.").exitOverride();
  add(
    images,
    "list",
    "All images, newest generation first.",
    "lima-cli images list --json | jq .file",
  ).action((options: CommonOptions) =>
    run(options, async (context) => (await import("./commands/images-list.ts")).imagesList(context)),
  );
  add(images, "show", "One image: file, digest, where it came from.", "lima-cli images show lima-minimal")
    .argument("<NAME>")
    .option("--generation <N>", "by default the latest", wholeNumber)
    .action((name: string, options: CommonOptions & { generation?: number }) =>
      run(options, async (context) =>
        (await import("./commands/images-show.ts")).imagesShow(context, name, options),
      ),
    );
  add(
    images,
    "verify",
    "Hash images again and compare.",
    "lima-cli images verify\nlima-cli images verify lima-minimal",
  )
    .argument("[NAME]")
    .action((name: string | undefined, options: CommonOptions) =>
      run(options, async (context) =>
        (await import("./commands/images-verify.ts")).imagesVerify(context, name),
      ),
    );

  const template = program.command("template").description("Work on Lima templates.").exitOverride();
  add(
    template,
    "render",
    "Print a template with its bases in one.",
    "lima-cli template render > machine.yaml",
  )
    .argument("[FILE]", "by default the built-in template")
    .action((file: string | undefined, options: CommonOptions) =>
      run(options, async (context) =>
        (await import("./commands/template-render.ts")).templateRender(context, file),
      ),
    );
  add(
    template,
    "validate",
    "Check a template; exit status 2 with file:line:col, rule and hint for each finding.",
    "lima-cli template validate machine.yaml",
  )
    .argument("[FILE]", "by default the built-in template")
    .action((file: string | undefined, options: CommonOptions) =>
      run(options, async (context) =>
        (await import("./commands/template-validate.ts")).templateValidate(context, file),
      ),
    );

  add(
    program,
    "up",
    "The whole job: build if needed, install if new, create or start, wait until ready.",
    `lima-cli up\nlima-cli up work --template work.yaml\nlima-cli up work --no-build`,
  )
    .argument("[NAME]", "instance name", defaultInstanceName)
    .option("--template <FILE>", "Lima template; by default the built-in one")
    .option("--installable <INSTALLABLE>", "what to build the image from")
    .option("--image <NAME>", "name of the image in the store", defaultImageName)
    .option("--no-build", "take the latest image of the store")
    .option("--timeout <SECONDS>", "how long the start may take", wholeNumber)
    .addOption(guestOption())
    .action((name: string, options: CommonOptions & UpArguments) =>
      run(options, async (context) => (await import("./commands/up.ts")).up(context, name, options)),
    );

  add(program, "list", "All instances.", "lima-cli list\nlima-cli list --json | jq -r .name").action(
    (options: CommonOptions) =>
      run(options, async (context) => (await import("./commands/list.ts")).list(context)),
  );
  add(program, "status", "One instance.", `lima-cli status ${defaultInstanceName}`)
    .argument("<NAME>")
    .action((name: string, options: CommonOptions) =>
      run(options, async (context) => (await import("./commands/status.ts")).status(context, name)),
    );

  add(
    program,
    "shell",
    "A login shell in the guest, or a command on your terminal.",
    `lima-cli shell ${defaultInstanceName}\nlima-cli shell ${defaultInstanceName} -- htop`,
  )
    .argument("<NAME>")
    .argument("[CMD...]")
    .action((name: string, command: string[], options: CommonOptions) =>
      run(options, async (context) => (await import("./commands/shell.ts")).shell(context, name, command)),
    );
  add(
    program,
    "exec",
    "Run a command in the guest; its exit status is ours.",
    `lima-cli exec ${defaultInstanceName} -- nix --version\nlima-cli exec ${defaultInstanceName} --cwd /etc -- ls\nlima-cli exec ${defaultInstanceName} --json -- uname -a`,
  )
    .argument("<NAME>")
    .argument("<CMD...>")
    .option("--cwd <DIRECTORY>", "where in the guest", "/")
    .option("--root", "as root")
    .action((name: string, command: string[], options: CommonOptions & { cwd: string; root?: boolean }) =>
      run(options, async (context) =>
        (await import("./commands/exec.ts")).exec(context, name, command, options),
      ),
    );

  add(
    program,
    "check",
    "Make the acceptance checks inside a running VM.",
    `lima-cli check ${defaultInstanceName}`,
  )
    .argument("<NAME>")
    .action((name: string, options: CommonOptions) =>
      run(options, async (context) => (await import("./commands/check.ts")).check(context, name)),
    );
  add(
    program,
    "logs",
    "What the host agent and the guest's console wrote.",
    `lima-cli logs ${defaultInstanceName}`,
  )
    .argument("<NAME>")
    .option("-n, --lines <N>", "last lines of each log", wholeNumber, 40)
    .action((name: string, options: CommonOptions & { lines: number }) =>
      run(options, async (context) => (await import("./commands/logs.ts")).logs(context, name, options)),
    );

  add(program, "start", "Start an instance that exists.", `lima-cli start ${defaultInstanceName}`)
    .argument("<NAME>")
    .option("--timeout <SECONDS>", "how long the start may take", wholeNumber)
    .action((name: string, options: CommonOptions & { timeout?: number }) =>
      run(options, async (context) => (await import("./commands/start.ts")).start(context, name, options)),
    );
  add(program, "stop", "Stop an instance.", `lima-cli stop ${defaultInstanceName}`)
    .argument("<NAME>")
    .option("-f, --force", "without asking the guest")
    .action((name: string, options: CommonOptions & { force?: boolean }) =>
      run(options, async (context) => (await import("./commands/stop.ts")).stop(context, name, options)),
    );
  add(program, "delete", "Stop and delete an instance.", `lima-cli delete ${defaultInstanceName}`)
    .addArgument(new Argument("<NAME...>"))
    .action((names: string[], options: CommonOptions) =>
      run(options, async (context) => (await import("./commands/delete.ts")).deleteInstances(context, names)),
    );
  add(
    program,
    "doctor",
    "Every prerequisite with its version, what is wrong and the command that mends it; exit status 3 if one is missing.",
    "lima-cli doctor\nlima-cli doctor --json",
  ).action((options: CommonOptions) =>
    run(options, async (context) => (await import("./commands/doctor.ts")).doctor(context)),
  );
  return program;
}

/** Options of `install`. */
export interface InstallArguments {
  name: string;
  /** Name of a running VM. */
  buildIn?: string;
  guest?: GuestChoice;
}

/** Options of `up`. */
export interface UpArguments {
  template?: string;
  installable?: string;
  image: string;
  build: boolean;
  timeout?: number;
  guest?: GuestChoice;
}

const run = (options: CommonOptions, body: (context: CommandContext) => Promise<number | void>) =>
  runCommand(options, body);

function guestOption(): Option {
  return new Option("--guest <KIND>", "which guest to build when no installable is named")
    .choices(["auto", "nixos", "reference"])
    .default("auto");
}

function wholeNumber(text: string): number {
  if (!/^\d+$/.test(text)) throw new InvalidArgumentError("a whole number is wanted");
  return Number(text);
}
