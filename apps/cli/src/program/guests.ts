import type { Command } from "commander";

import { runCommand } from "../command-context.ts";
import { define, nameAndCommand, wholeNumber, type Options } from "./define.ts";

const nameHelp = "by default the VM of the project";

/** What is done in the guest of a VM that runs, and what it wrote. */
export function defineGuests(program: Command): void {
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
    "lima-cli logs\nlima-cli logs work --lines 100",
  )
    .argument("[NAME]", nameHelp)
    .option("-n, --lines <N>", "last lines of each log", wholeNumber, 40)
    .action((name: string | undefined, options: Options<{ lines: number }>) =>
      runCommand(options, async (context) =>
        (await import("../commands/logs.ts")).logs(context, name, options),
      ),
    );
}
