import { Command, InvalidArgumentError, Option } from "commander";

import { runApp, type AppContext } from "@sysinit-internal/terminal";

import type { RunArguments } from "./run-arguments.ts";
import packageJson from "../package.json" with { type: "json" };
import { exitRules } from "./exit-rules.ts";
import { pipelineOutput } from "./pipeline/pipeline-output.ts";
import { detectPipeline, pipelines } from "./pipeline/pipeline.ts";
import type { ReportArguments } from "./reporters/report-to.ts";

export function createProgram(): Command {
  const program = new Command("lima-ci")
    .description("Acceptance runs of Lima machines in pipelines.")
    .version(packageJson.version, "-V, --version")
    .showSuggestionAfterError()
    .exitOverride()
    .addHelpText(
      "after",
      `
Exit status: 0 all checks passed, 1 a check failed or something got worse, 2 wrong usage or configuration,
3 the run could not be made (build, image, boot): worth another try, 128+n ended by signal n.`,
    );
  addRun(program);
  addPlan(program);
  addValidate(program);
  addMerge(program);
  addCompare(program);
  return program;
}

function addRun(program: Command): void {
  withReports(program.command("run"))
    .description("Build, install, start, check, stop, delete; a verdict for each check.")
    .exitOverride()
    .option(
      "--suite <FILE>",
      "suite to run; by default lima-ci.yaml where there is one, else the project's own rows",
    )
    .option("--project <DIRECTORY>", "checkout to build from; its files and flake are judged too")
    .option("--template <FILE>", "Lima template; by default the suite's or the built-in one")
    .option("--installable <INSTALLABLE>", "what to build the image from")
    .option("--image-file <FILE>", "qcow2 or raw image to test in place of the one that would be built")
    .addOption(
      new Option("--guest <KIND>", "which guest to build when no installable is named")
        .choices(["auto", "nixos", "reference"])
        .default("auto"),
    )
    .option(
      "--image <NAME>",
      "name of the image in the store (default: that of the suite's image, or lima-minimal)",
    )
    .option("--name <NAME>", "instance name (default: lima-ci with a suite, test-minimal without)")
    .option(
      "--only <ID...>",
      "only these cells of the matrix or these checks; what they need is done all the same",
    )
    .option("--limactl <FILE...>", "limactl to choose from by the version that a cell wants")
    .option(
      "--repeat <COUNT>",
      "start and check this many VMs one after the other, to see noise",
      countFromOne,
    )
    .option("--retries <COUNT>", "how often a run that could not be made is tried again", wholeNumber)
    .option("--artifacts <DIRECTORY>", "where logs go", "lima-ci-artifacts")
    .addOption(
      new Option("--collect <WHEN>", "when logs are collected")
        .choices(["never", "on-failure", "always"])
        .default("on-failure"),
    )
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
  lima-ci run --suite ci/vm.yaml --html report.html --junit report.xml --retries 1
  lima-ci run --only 2.2.0-qemu --report 2.2.0-qemu.json
  lima-ci run --project . --junit report.xml --report report.json
  lima-ci run --installable .#my-image --template my.yaml --keep on-failure`,
    )
    .action(async (options: RunArguments) => {
      const pipeline = options.pipeline === "auto" ? detectPipeline(process.env) : options.pipeline;
      const output = pipelineOutput({ json: options.json, quiet: options.quiet }, pipeline);
      await runApp(output, exitRules, async (app) => (await import("./run/run.ts")).run(app, options));
    });
}

function addPlan(program: Command): void {
  program
    .command("plan [suite]")
    .description("List the cells of a suite's matrix; with --json as the matrix of a pipeline.")
    .exitOverride()
    .option("--json", 'one line, as {"include":[{"id":"2.2.0-qemu", …}]}')
    .action((suite: string | undefined, options: { json?: boolean }) =>
      inApp(options, async (app) => (await import("./commands/plan.ts")).plan(app, suite)),
    );
}

function addValidate(program: Command): void {
  program
    .command("validate [suite]")
    .description("Look for mistakes in a suite, and run nothing.")
    .exitOverride()
    .option("--json", "findings as JSON")
    .action((suite: string | undefined, options: { json?: boolean }) =>
      inApp(options, async (app) => (await import("./commands/validate.ts")).validate(app, suite)),
    );
}

function addMerge(program: Command): void {
  withReports(program.command("merge <reports...>"))
    .description("Join the JSON reports of the cells of a matrix; ends as one run of all of them would.")
    .exitOverride()
    .option("--json", "the merged report on stdout instead of the tables")
    .addHelpText("after", "\nExample:\n  lima-ci merge parts/*.json --report report.json --html report.html")
    .action((reports: string[], options: ReportArguments & { json?: boolean }) =>
      inApp(options, async (app) => (await import("./commands/merge.ts")).merge(app, reports, options)),
    );
}

function addCompare(program: Command): void {
  program
    .command("compare <base> <head>")
    .description(
      "What got slower, bigger, newly failing or newly flaky between two JSON reports, beyond noise.",
    )
    .exitOverride()
    .option("--json", "the comparison as JSON")
    .addHelpText("after", "\nTimes are judged where both runs were made with --repeat 3 or more.")
    .action((base: string, head: string, options: { json?: boolean }) =>
      inApp(options, async (app) => (await import("./commands/compare.ts")).compare(app, base, head)),
    );
}

function withReports(command: Command): Command {
  return command
    .option("--report <FILE>", "write the report as JSON")
    .option("--junit <FILE>", "write the report as JUnit XML")
    .option("--tap <FILE>", "write the report as TAP 14")
    .option("--html <FILE>", "write the report as one HTML page")
    .addOption(
      new Option("--pipeline <KIND>", "whose log to write for; by default what the environment says")
        .choices(pipelines)
        .default("auto"),
    );
}

async function inApp(
  options: { json?: boolean },
  body: (app: AppContext) => Promise<number | void>,
): Promise<void> {
  await runApp(pipelineOutput({ json: options.json }, detectPipeline(process.env)), exitRules, body);
}

function wholeNumber(text: string): number {
  if (!/^\d+$/.test(text)) throw new InvalidArgumentError("a whole number is wanted");
  return Number(text);
}

function countFromOne(text: string): number {
  const count = wholeNumber(text);
  if (count < 1) throw new InvalidArgumentError("1 or more is wanted");
  return count;
}
