import type { TableCommand, TableOption, WordKind } from "../program/command-table.ts";

/** Something that can stand where the person is. */
export interface Candidate {
  word: string;
  description: string;
}

/** What can stand there: words, or whatever the shell itself completes for files. */
export interface Completion {
  candidates: Candidate[];
  files: "none" | "files" | "folders";
}

/** The names that there are just now; each is only asked for where it is needed. */
export interface LiveNames {
  instances(): string[];
  images(): string[];
}

const nothing: Completion = { candidates: [], files: "none" };

/**
 * What can stand in place of the last word.
 *
 * @param words All words behind the program, the last one as far as it has been written.
 */
export function complete(program: TableCommand, words: readonly string[], names: LiveNames): Completion {
  const before = words.slice(0, -1);
  const partial = words.at(-1) ?? "";
  // Behind it stands a command of the guest.
  if (before.includes("--")) return nothing;
  let command = program;
  let position = 0;
  let pending: TableOption | undefined;
  for (const word of before) {
    if (pending !== undefined) pending = undefined;
    else if (word.startsWith("-")) {
      const option = optionOf(command, word);
      if (option?.value !== undefined && !word.includes("=")) pending = option;
    } else {
      const inner = command.commands.find(({ name }) => name === word);
      if (inner !== undefined && position === 0) command = inner;
      else position += 1;
    }
  }
  if (pending !== undefined) return ofKind(pending.value!, partial, names, pending.choices);
  if (partial.startsWith("-")) {
    return matching(
      partial,
      command.options.map(({ names: all, description }) => ({ word: all.at(-1)!, description })),
    );
  }
  if (command.commands.length > 0 && position === 0)
    return matching(
      partial,
      command.commands.map(({ name, description }) => ({ word: name, description })),
    );
  const argument = command.arguments[position] ?? command.arguments.at(-1);
  const fits = argument !== undefined && (position < command.arguments.length || argument.variadic);
  return fits ? ofKind(argument.kind, partial, names) : nothing;
}

const optionOf = (command: TableCommand, word: string) =>
  command.options.find(({ names }) => names.includes(word.split("=")[0]!));

function ofKind(
  kind: WordKind,
  partial: string,
  names: LiveNames,
  choices: readonly string[] = [],
): Completion {
  const words = (list: readonly string[]) => list.map((word) => ({ word, description: "" }));
  switch (kind) {
    case "instance":
      return matching(partial, words(names.instances()));
    case "image":
      return { ...matching(partial, words(names.images())), files: "files" };
    case "choice":
      return matching(partial, words(choices));
    case "file":
      return { candidates: [], files: "files" };
    case "folder":
      return { candidates: [], files: "folders" };
    case "command":
    case "text":
      return nothing;
  }
}

function matching(partial: string, candidates: readonly Candidate[]): Completion {
  return { candidates: candidates.filter(({ word }) => word.startsWith(partial)), files: "none" };
}
