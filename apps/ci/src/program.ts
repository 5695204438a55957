import { Command, InvalidArgumentError, Option } from "commander";

import type { GuestChoice } from "@sysinit-internal/machine";
import { createOutput, runApp } from "@sysinit-internal/terminal";

import packageJson from "../package.json" with { type: "json" };
import { exitRules } from "./exit-rules.ts";

/** When the VM stays for somebody to look at. */
export type Keep = "never" | "on-failure" | "always";

/** The options of `run` as the command line gives them. */
export interface RunArguments {
  json?: boolean;
  quiet?: boolean;
  project?: string;
  template?: string;
  installable?: string;
  guest: GuestChoice;
  image: string;
  name: string;
  only?: string[];
  report?: string;
  junit?: string;
  artifacts: string;
  keep: Keep;
  timeout?: number;
}

export function createProgram(): Command {
  const program = new Command("lima-ci")
    .description("Acceptance runs of Lima machines in pipelines.")
    .version(packageJson.version, "-V, --version")
    .showSuggestionAfterError()
    .exitOverride()
    .addHelpText(
      "after",
      `
Exit status: 0 all checks passed, 1 a check failed, 2 wrong usage or configuration,
3 the run could not be made (build, image, boot): worth another try, 128+n ended by signal n.`,
    );
  program
    .command("run")
    .description("Build, install, start, check, stop, delete; a verdict for each acceptance row.")
    .exitOverride()
    .option("--project <DIRECTORY>", "checkout to build from; its files and flake are judged too")
    .option("--template <FILE>", "Lima template; by default the project's or the built-in one")
    .option("--installable <INSTALLABLE>", "what to build the image from")
    .addOption(
      new Option("--guest <KIND>", "which guest to build when no installable is named")
        .choices(["auto", "nixos", "reference"])
        .default("auto"),
    )
    .option("--image <NAME>", "name of the image in the store", "lima-minimal")
    .option("--name <NAME>", "instance name", "test-minimal")
    .option("--only <ID...>", "only these rows, as vm.whoami; what they need is done all the same")
    .option("--report <FILE>", "write the report as JSON")
    .option("--junit <FILE>", "write the report as JUnit XML")
    .option("--artifacts <DIRECTORY>", "where logs go when something fails", "lima-ci-artifacts")
    .addOption(
      new Option("--keep <WHEN>", "leave the VM for somebody to look at")
        .choices(["never", "on-failure", "always"])
        .default("never"),
    )
    .option("--timeout <SECONDS>", "how long the start may take", wholeNumber)
    .option("--json", "the report on stdout instead of the table")
    .option("-q, --quiet", "no progress, only the report and errors")
    .addHelpText(
      "after",
      `
Examples:
  lima-ci run
  lima-ci run --project . --junit report.xml --report report.json
  lima-ci run --installable .#my-image --template my.yaml --keep on-failure`,
    )
    .action(async (options: RunArguments) => {
      const output = createOutput({ json: options.json, quiet: options.quiet });
      await runApp(output, exitRules, async (app) => (await import("./run/run.ts")).run(app, options));
    });
  return program;
}

function wholeNumber(text: string): number {
  if (!/^\d+$/.test(text)) throw new InvalidArgumentError("a whole number is wanted");
  return Number(text);
}
