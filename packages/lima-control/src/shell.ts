import { checkCommand, checkLength } from "./guest/check-command.ts";
import { execArguments, withVariables } from "./guest/exec-arguments.ts";
import { requireHostAgent } from "./guest/require-host-agent.ts";
import { whyUnreachable } from "./guest/why-unreachable.ts";
import { tryExec } from "./exec.ts";
import { requireInstance } from "./find.ts";
import type { ShellOptions } from "./handles/options.ts";
import type { LimaContext } from "./lima-context.ts";
import { limactlShell } from "./limactl/shell.ts";

/** Gives our terminal to the guest; see `RunningVm.shell`. */
export async function shell(context: LimaContext, name: string, options: ShellOptions = {}): Promise<number> {
  const record = await requireInstance(context, name, options.signal);
  const cwd = options.cwd ?? record.userHome ?? "/";
  const env = options.env ?? {};
  const loginShell = ["/bin/sh", "-c", 'exec "${SHELL:-/bin/sh}" -l'];
  const argv = options.argv ?? loginShell;
  checkCommand(argv, { cwd, env });
  // A bare `limactl shell` starts the login shell itself, and names it as a login shell.
  const bare = options.argv === undefined && Object.keys(env).length === 0;
  const wrapped = bare ? [] : ["/bin/sh", "-c", execArguments, "sh", ...withVariables(env, argv)];
  checkLength(wrapped);
  await requireHostAgent(context, name, argv);
  const outcome = await limactlShell(context, name, cwd, wrapped, {
    stdio: "inherit",
    signal: options.signal,
  });

  if (outcome.exitCode === undefined) throw await whyUnreachable(context, name, argv, outcome, undefined);
  // 255 is ssh's own failure, unless the guest can still be reached: then it was the command's status. 1 is also what
  // limactl ends with when the instance does not run.
  if (outcome.exitCode === 255 || (outcome.exitCode === 1 && record.status !== "Running")) {
    await tryExec(context, name, ["true"], { timeoutMs: 60_000 });
  }
  return outcome.exitCode;
}
