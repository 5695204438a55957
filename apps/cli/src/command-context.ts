import { exitRules } from "@sysinit-internal/machine/exit-rules";
import {
  createOutput,
  runApp,
  type AppContext,
  type LogFormat,
  type Output,
} from "@sysinit-internal/terminal";

import { withSuggestion } from "./suggest.ts";

/** Options that every command has. */
export interface CommonOptions {
  json?: boolean;
  quiet?: boolean;
  verbose?: boolean;
  logFormat?: LogFormat;
}

/** What a command works with. The packages are not among it: each command imports those that it needs. */
export interface CommandContext extends AppContext {
  env: Readonly<Record<string, string | undefined>>;
  /** Where the person is; relative paths start from there. */
  directory: string;
}

/** Runs the body of a command with its context; errors, signals and exit status are dealt with. */
export async function runCommand(
  options: CommonOptions,
  body: (context: CommandContext) => Promise<number | void>,
): Promise<void> {
  const { env } = process;
  const { json, quiet, verbose, logFormat } = options;
  const plain = createOutput({ json, quiet, verbose, logFormat, env });
  const output: Output = { ...plain, error: (error) => plain.error(withSuggestion(error, env)) };
  await runApp(output, exitRules, (app) => body({ ...app, env, directory: process.cwd() }));
}
