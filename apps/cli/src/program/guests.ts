import { Option, type Command } from "commander";

import { runCommand } from "../command-context.ts";
import type { RunFlags } from "../run/run-flags.ts";
import { append, define, nameAndCommand, operandsOf, wholeNumber, type Options } from "./define.ts";
import { addMachineFlags } from "./machine-flags.ts";

const nameHelp = "by default the VM of the project";

/** What is done in the guest of a VM that runs, and what it wrote. */
export function defineGuests(program: Command): void {
  addMachineFlags(
    define(
      program,
      "run",
      "Run a command in a VM of its own, which is gone afterwards; its exit status is ours.",
      `lima-cli run -- uname -a
lima-cli run --image .#my-image --mount . -- make -C "$PWD" test
lima-cli run --copy-in ./untrusted --copy-out report.txt --timeout 5m -- ./untrusted
tar c src | lima-cli run -- sh -c 'tar x && wc -l src/*'`,
    ).argument("<CMD...>", "the command, behind `--`"),
  )
    .option(
      "--mount <PATH[:ro]>",
      "a folder at the same path in the guest; nothing else is mounted",
      append,
      [],
    )
    .option("--copy-in <PATH[:GUEST]>", "copied into the guest before", append, [])
    .option("--copy-out <GUEST[:PATH]>", "copied out of the guest afterwards", append, [])
    .option("--cwd <DIRECTORY>", "where in the guest; by default the home directory")
    .option("--timeout <DURATION>", "how long the command may take; then status 124")
    .option("--start-timeout <DURATION>", "how long the start of the VM may take")
    .addOption(
      new Option("--keep <WHEN>", "whether the VM stays, to look into it")
        .choices(["never", "on-failure", "always"])
        .default("never"),
    )
    .option("--from <NAME>", "clone this stopped VM")
    .option("--fresh", "do not clone, though there is a golden VM made of the same")
    .option("--dry-run", "print the commands and the template instead")
    .action((_command: string[], options: Options<RunFlags>, command: Command) => {
      const { before, behind } = operandsOf(command);
      const argv = [...before, ...(behind ?? [])];
      return runCommand(options, async (context) =>
        (await import("../commands/run.ts")).run(context, argv, options),
      );
    });
  define(
    program,
    "shell",
    "A login shell in the guest, or a command on your terminal.",
    "lima-cli shell\nlima-cli shell work\nlima-cli shell work -- htop\nlima-cli shell -- htop",
  )
    .argument("[NAME]", nameHelp)
    .argument("[CMD...]")
    .action((_name: string, _command: string[], options: Options, command: Command) => {
      const { name, argv } = nameAndCommand(command);
      return runCommand(options, async (context) =>
        (await import("../commands/shell.ts")).shell(context, name, argv),
      );
    });
  define(
    program,
    "exec",
    "Run a command in the guest; its exit status is ours.",
    "lima-cli exec -- make test\nlima-cli exec work -- nix --version\nlima-cli exec work --cwd /etc -- ls\nlima-cli exec work --json -- uname -a",
  )
    .argument("[NAME]", nameHelp)
    .argument("[CMD...]")
    .option(
      "--cwd <DIRECTORY>",
      "where in the guest; by default `/`, in a project's VM the folder where you are",
    )
    .option("--root", "as root")
    .action(
      (
        _name: string,
        _command: string[],
        options: Options<{ cwd?: string; root?: boolean }>,
        command: Command,
      ) => {
        const { name, argv } = nameAndCommand(command);
        if (argv.length === 0) command.error("error: missing required argument 'CMD'");
        return runCommand(options, async (context) =>
          (await import("../commands/exec.ts")).exec(context, name, argv, options),
        );
      },
    );
  define(
    program,
    "check",
    "Make the acceptance checks inside a running VM.",
    "lima-cli check\nlima-cli check work",
  )
    .argument("[NAME]", nameHelp)
    .action((name: string | undefined, options: Options) =>
      runCommand(options, async (context) => (await import("../commands/check.ts")).check(context, name)),
    );
  define(
    program,
    "logs",
    "What the host agent and the guest's console wrote.",
    "lima-cli logs\nlima-cli logs work --lines 100\nlima-cli logs --follow",
  )
    .argument("[NAME]", nameHelp)
    .option("-n, --lines <N>", "last lines of each log", wholeNumber, 40)
    .option("-f, --follow", "go on, with the guest's journal as well, each line behind its source")
    .action((name: string | undefined, options: Options<{ lines: number; follow?: boolean }>) =>
      runCommand(options, async (context) =>
        (await import("../commands/logs.ts")).logs(context, name, options),
      ),
    );
}
