import { topics } from "../help/topics.ts";
import type { TableCommand } from "../program/command-table.ts";

/** The manual page of a program in roff (man(7)), from its table. */
export function manualPage(program: TableCommand, version: string): string {
  const lines = [
    `.\\" Written by \`pnpm man\` from the definitions of the commands.`,
    `.TH LIMA-CLI 1 "" "lima-cli ${version}" "User Commands"`,
    ".SH NAME",
    `lima-cli \\- ${escaped(program.description)}`,
    ".SH SYNOPSIS",
    ".B lima-cli",
    ".I COMMAND",
    "[\\fIOPTION\\fR]...",
    ".SH COMMANDS",
    ...leaves(program).flatMap(({ path, command }) => commandLines(path, command)),
  ];
  for (const { title, text } of Object.values(topics))
    lines.push(`.SH ${escaped(title).toUpperCase()}`, ".nf", ...text.split("\n").map(escapedLine), ".fi");
  return `${lines.join("\n")}\n`;
}

/** The commands that do something, with the words that call them. */
export function leaves(
  command: TableCommand,
  path: readonly string[] = [],
): { path: readonly string[]; command: TableCommand }[] {
  if (command.commands.length === 0) return [{ path, command }];
  return command.commands.flatMap((inner) => leaves(inner, [...path, inner.name]));
}

function commandLines(path: readonly string[], command: TableCommand): string[] {
  const usage = command.arguments.map(({ text }) => `\\fI${escaped(text)}\\fR`).join(" ");
  return [
    `.SS "\\fB${escaped(path.join(" "))}\\fR ${usage}"`,
    escapedLine(command.description),
    ...command.arguments
      .filter(({ description }) => description !== "")
      .flatMap(({ text, description }) => [".TP", `\\fI${escaped(text)}\\fR`, escapedLine(description)]),
    ...command.options.flatMap(({ flags, description, choices }) => [
      ".TP",
      `\\fB${escaped(flags)}\\fR`,
      escapedLine(choices === undefined ? description : `${description}; one of ${choices.join(", ")}`),
    ]),
  ];
}

/** What roff would take for its own: backslashes, and hyphens that are to stay such. */
function escaped(text: string): string {
  return text.replaceAll("\\", "\\e").replaceAll("-", "\\-").replaceAll("…", "...");
}

/** A line of text: one that begins with `.` or `'` would be a request. */
function escapedLine(text: string): string {
  return escaped(text).replace(/^(?=[.'])/, "\\&");
}
