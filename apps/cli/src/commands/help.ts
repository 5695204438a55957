import type { Command } from "commander";

import { closest, ProjectError } from "@sysinit-internal/project";

import type { CommandContext } from "../command-context.ts";
import { topics } from "../help/topics.ts";

/** The help of a command, or what there is to say about a topic. */
export function help(context: CommandContext, program: Command, words: readonly string[]): Promise<void> {
  const [word] = words;
  const topic = topics[word ?? ""];
  if (topic !== undefined) {
    context.output.data({ topic: word, ...topic }, `${topic.title}\n\n${topic.text}`);
    return Promise.resolve();
  }
  let command = program;
  for (const name of words) {
    const inner = command.commands.find((one) => one.name() === name);
    if (inner === undefined) throw unknown(name, command, command === program);
    command = inner;
  }
  const text = command.helpInformation();
  const list = Object.entries(topics).map(([name, { title }]) => `  ${name.padEnd(14)} ${title}`);
  context.output.data(
    { help: text },
    command === program ? `${text}\nTopics (lima-cli help TOPIC):\n${list.join("\n")}` : text,
  );
  return Promise.resolve();
}

function unknown(word: string, command: Command, withTopics: boolean): ProjectError {
  const names = command.commands.map((inner) => inner.name());
  const candidates = withTopics ? [...names, ...Object.keys(topics)] : names;
  const meant = closest(word, candidates);
  return new ProjectError({
    code: "BAD_SETTING",
    message: `there is no command or topic ${word}`,
    hint: meant === undefined ? `there is ${candidates.join(", ")}` : `did you mean ${meant}?`,
  });
}
