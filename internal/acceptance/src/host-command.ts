import { runProcess } from "@sysinit-internal/process";

import type { CheckContext, CommandResult } from "./context.ts";

/** Runs a command on the host for a check; a command that could not be started has status 127. */
export async function hostCommand(
  argv: readonly [string, ...string[]],
  context: CheckContext,
  cwd: string,
): Promise<CommandResult> {
  const [file, ...args] = argv;
  const outcome = await runProcess({ file, args, cwd, env: context.env, signal: context.signal });
  return { exitCode: outcome.exitCode ?? 127, stdout: outcome.stdout, stderr: outcome.stderr };
}

/** The last line that says something. */
export function lastLine(result: CommandResult): string {
  return `${result.stdout}\n${result.stderr}`.trim().split("\n").at(-1) ?? "";
}
