import { InvalidArgumentError, Option, type Command } from "commander";

import type { CommonOptions } from "../command-context.ts";

/** Defines a command with what every command has: help with examples, `--json`, `--quiet`. */
export function define(parent: Command, name: string, description: string, examples: string): Command {
  return parent
    .command(name)
    .description(description)
    .exitOverride()
    .option("--json", "data as JSON, one object or one a line; errors too")
    .option("-q, --quiet", "no progress, only results and errors")
    .option("-v, --verbose", "every line of nix and limactl too")
    .addOption(
      new Option("--log-format <FORMAT>", "of progress and errors on stderr").choices(["text", "json"]),
    )
    .addHelpText("after", `\nExamples:\n${examples.replace(/^/gm, "  ")}`);
}

/** A group of commands. */
export function group(parent: Command, name: string, description: string): Command {
  return parent.command(name).description(description).exitOverride();
}

export function wholeNumber(text: string): number {
  if (!/^\d+$/.test(text)) throw new InvalidArgumentError("a whole number is wanted");
  return Number(text);
}

/** For an option that can be given several times. */
export function append(text: string, before: readonly string[]): string[] {
  return [...before, text];
}

/** What stood before and behind the `--` of the command line; behind is undefined where there was none. */
export function operandsOf(command: Command): { before: string[]; behind: string[] | undefined } {
  let root = command;
  while (root.parent !== null) root = root.parent;
  const { rawArgs } = root as unknown as { rawArgs: string[] };
  const dashes = rawArgs.indexOf("--");
  if (dashes === -1) return { before: [...command.args], behind: undefined };
  const behind = rawArgs.slice(dashes + 1);
  return { before: command.args.slice(0, command.args.length - behind.length), behind };
}

/** A name and a command: `NAME -- CMD…`, `-- CMD…` for the VM of the project, or `NAME CMD…`. */
export function nameAndCommand(command: Command): { name: string | undefined; argv: string[] } {
  const { before, behind } = operandsOf(command);
  const [name, ...more] = before;
  if (behind !== undefined && more.length > 0)
    command.error("error: too many arguments before '--'. Expected at most NAME.");
  return { name, argv: behind ?? more };
}

export type Options<More = object> = CommonOptions & More;
