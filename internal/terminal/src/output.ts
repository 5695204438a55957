import { silentStep, startStep, type Step } from "./step.ts";
import { Transcript } from "./transcript.ts";

export interface OutputOptions {
  /** Data as JSON, one object a line; errors too. */
  json?: boolean | undefined;
  /** No talk but errors. */
  quiet?: boolean | undefined;
  stdout?: NodeJS.WriteStream;
  stderr?: NodeJS.WriteStream;
  env?: Readonly<Record<string, string | undefined>>;
}

/** Data goes to stdout, talk to stderr; `--json` changes only the data. */
export interface Output {
  readonly json: boolean;
  readonly stdout: NodeJS.WriteStream;
  readonly stderr: NodeJS.WriteStream;
  /** A result: `value` as one line of JSON, or `text` for a person. */
  data(value: unknown, text: string): void;
  /** A list of results: one JSON object a line, or `text` for a person. */
  list(values: readonly unknown[], text: string): void;
  /** A line of talk. */
  say(text: string): void;
  /** Work that takes a while. */
  step(title: string): Step;
  /** All talk so far with its time, also what a live line has shown and overwritten; for a log file. */
  transcript(): readonly string[];
}

export function createOutput(options: OutputOptions = {}): Output {
  const stdout = options.stdout ?? process.stdout;
  const stderr = options.stderr ?? process.stderr;
  const env = options.env ?? process.env;
  const live = stderr.isTTY === true && env["TERM"] !== "dumb" && !env["CI"];
  const json = options.json === true;
  const write = (text: string) => {
    if (text !== "") stdout.write(text.endsWith("\n") ? text : `${text}\n`);
  };
  const transcript = new Transcript();
  return {
    json,
    stdout,
    stderr,
    data: (value, text) => write(json ? JSON.stringify(value) : text),
    list: (values, text) => write(json ? values.map((value) => JSON.stringify(value)).join("\n") : text),
    say: (text) => {
      transcript.add(text);
      if (!options.quiet) stderr.write(`${text}\n`);
    },
    step: (title) => transcript.of(title, options.quiet ? silentStep : startStep(title, stderr, live)),
    transcript: () => transcript.lines,
  };
}
