import { Argument, type Command } from "commander";

import { runCommand } from "../command-context.ts";
import type { Shell } from "../completion/scripts.ts";
import { define, type Options } from "./define.ts";

/** What makes a command line easy to live with. */
export function defineHabits(program: Command): void {
  define(
    program,
    "doctor",
    "Every prerequisite with its version, what is wrong and the command that mends it; exit status 3 if one is missing.",
    "lima-cli doctor\nlima-cli doctor --fix\nlima-cli doctor --json",
  )
    .option("--fix", "mend what can be mended, after asking")
    .option("-y, --yes", "mend without asking")
    .action((options: Options<{ fix?: boolean; yes?: boolean }>) =>
      runCommand(options, async (context) =>
        (await import("../commands/doctor.ts")).doctor(context, options),
      ),
    );
  define(
    program,
    "completion",
    "Print the completion script of a shell.",
    "lima-cli completion fish | source\nsource <(lima-cli completion bash)",
  )
    .addArgument(new Argument("<SHELL>", "whose script").choices(["bash", "zsh", "fish"]))
    .action((shell: Shell, options: Options) =>
      runCommand(options, async ({ output }) => {
        const script = (await import("../completion/scripts.ts")).completionScripts[shell];
        output.data({ shell, script }, script);
      }),
    );
  program.helpCommand(false);
  define(
    program,
    "help",
    "The help of a command, or a topic: config, environment, exit-status, golden, changes.",
    "lima-cli help up\nlima-cli help config",
  )
    .argument("[TOPIC...]", "a command or a topic")
    .action((words: string[], options: Options) =>
      runCommand(options, async (context) =>
        (await import("../commands/help.ts")).help(context, program, words),
      ),
    );
}
