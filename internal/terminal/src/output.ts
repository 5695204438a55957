import { isCodedError } from "@sysinit-internal/errors";

import { renderFailure } from "./failure.ts";
import { printAboveLive } from "./live/live-area.ts";
import { silentStep, type Step } from "./step.ts";
import { startJsonStep, writeLogLine } from "./steps/json-step.ts";
import { startLiveStep } from "./steps/live-step.ts";
import { startPlainStep } from "./steps/plain-step.ts";
import { Transcript } from "./transcript.ts";

/** How talk is written. */
export type LogFormat = "text" | "json";

export interface OutputOptions {
  /** Data as JSON, one object a line; errors too. */
  json?: boolean | undefined;
  /** No talk but errors. */
  quiet?: boolean | undefined;
  /** All talk: every line of a log, every change of what is waited for. */
  verbose?: boolean | undefined;
  /** Talk as text (default), or as JSON, one object a line. */
  logFormat?: LogFormat | undefined;
  stdout?: NodeJS.WriteStream;
  stderr?: NodeJS.WriteStream;
  env?: Readonly<Record<string, string | undefined>>;
}

/** Data goes to stdout, talk to stderr; `--json` changes only the data, `--log-format` only the talk. */
export interface Output {
  readonly json: boolean;
  readonly stdout: NodeJS.WriteStream;
  readonly stderr: NodeJS.WriteStream;
  /** Whether talk is drawn on a terminal. */
  readonly live: boolean;
  /** A result: `value` as one line of JSON, or `text` for a person. */
  data(value: unknown, text: string): void;
  /** A list of results: one JSON object a line, or `text` for a person. */
  list(values: readonly unknown[], text: string): void;
  /** A line of talk. */
  say(text: string): void;
  /** An error: with `--json` an object on stdout, else talk, also when that is to be quiet. */
  error(error: unknown): void;
  /** Work that takes a while. */
  step(title: string): Step;
  /** All talk so far with its time, also what a live line has shown and overwritten; for a log file. */
  transcript(): readonly string[];
}

export function createOutput(options: OutputOptions = {}): Output {
  const stdout = options.stdout ?? process.stdout;
  const stderr = options.stderr ?? process.stderr;
  const env = options.env ?? process.env;
  const { quiet = false, verbose = false, logFormat = "text" } = options;
  const live = stderr.isTTY === true && env["TERM"] !== "dumb" && !env["CI"] && logFormat === "text";
  const json = options.json === true;
  const write = (text: string) => {
    if (text !== "") stdout.write(text.endsWith("\n") ? text : `${text}\n`);
  };
  const transcript = new Transcript();
  let programBeganMs: number | undefined;
  const startStep = (title: string): Step => {
    programBeganMs ??= performance.now();
    if (quiet) return silentStep;
    if (logFormat === "json") return startJsonStep(title, stderr, verbose);
    if (live) return startLiveStep({ title, stream: stderr, programBeganMs, verbose });
    return startPlainStep(title, stderr, verbose);
  };
  return {
    json,
    stdout,
    stderr,
    live,
    data: (value, text) => write(json ? JSON.stringify(value) : text),
    list: (values, text) => write(json ? values.map((value) => JSON.stringify(value)).join("\n") : text),
    say(text) {
      transcript.add(text);
      if (quiet) return;
      if (logFormat === "json") writeLogLine(stderr, { level: "info", text });
      else printAboveLive(stderr, text);
    },
    error(error) {
      const plain = isCodedError(error) ? error.toJSON() : { code: "INTERNAL", message: String(error) };
      if (json) stdout.write(`${JSON.stringify({ error: plain })}\n`);
      else if (logFormat === "json") writeLogLine(stderr, { level: "error", error: plain });
      else stderr.write(`${renderFailure(error, stderr)}\n`);
    },
    step: (title) => transcript.of(title, startStep(title)),
    transcript: () => transcript.lines,
  };
}
