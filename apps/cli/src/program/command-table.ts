import type { Argument, Command, Option } from "commander";

/** What the word of an option or argument can be, as far as completion can name candidates. */
export type WordKind = "instance" | "image" | "file" | "folder" | "command" | "choice" | "text";

export interface TableOption {
  /** As `--json`, and `-q` where there is a short one. */
  names: string[];
  /** As the help has it: `--lines <N>`. */
  flags: string;
  description: string;
  /** What its value is; absent when it has none. */
  value?: WordKind;
  choices?: string[];
}

export interface TableArgument {
  /** As the usage has it: `[NAME]`, `<CMD...>`. */
  text: string;
  description: string;
  kind: WordKind;
  variadic: boolean;
}

/** A command line as data: what completion, the manual page and `help` are made of. */
export interface TableCommand {
  name: string;
  description: string;
  options: TableOption[];
  arguments: TableArgument[];
  commands: TableCommand[];
}

/** The table of a program, from its definition. */
export function commandTable(command: Command, path: readonly string[] = []): TableCommand {
  const here = [...path, command.name()];
  return {
    name: command.name(),
    description: command.description(),
    options: command.options.filter(({ hidden }) => !hidden).map(tableOption),
    arguments: command.registeredArguments.map((argument) => tableArgument(argument, here)),
    commands: command.commands
      .filter((inner) => !(inner as unknown as { _hidden?: boolean })._hidden)
      .map((inner) => commandTable(inner, here)),
  };
}

function tableOption(option: Option): TableOption {
  const value = option.required || option.optional ? optionKind(option) : undefined;
  return {
    names: [option.short, option.long].filter((name) => name !== undefined && name !== null),
    flags: option.flags,
    description: option.description,
    ...(value !== undefined && { value }),
    ...(option.argChoices && { choices: option.argChoices }),
  };
}

function optionKind({ long, argChoices }: Option): WordKind {
  if (argChoices) return "choice";
  if (long === "--image") return "image";
  if (long === "--from") return "instance";
  if (long === "--template" || long === "--copy-in") return "file";
  return long === "--mount" ? "folder" : "text";
}

function tableArgument(argument: Argument, path: readonly string[]): TableArgument {
  const name = argument.name();
  const inner = argument.variadic ? `${name}...` : name;
  return {
    text: argument.required ? `<${inner}>` : `[${inner}]`,
    description: argument.description,
    kind: argumentKind(name, path),
    variadic: argument.variadic,
  };
}

function argumentKind(name: string, path: readonly string[]): WordKind {
  if (name === "CMD") return "command";
  if (name === "NAME") return path.includes("images") ? "image" : "instance";
  return name.includes("FILE") ? "file" : "text";
}
